"""Libraries that can be called from Python. Each class: `version`, and `resize_all` from (filter, pixels, height, width)
jobs to arrays; pixels are height x width x channels bytes: grey, grey and alpha, RGB or RGBA."""
import numpy

PLAIN = {1: [0], 2: [0, 3], 3: [0, 1, 2], 4: [0, 1, 2, 3]}  # which of R, G, B, A an image of so many channels has


def as_colour(pixels):
    """RGB or RGBA."""
    grey = {1: [0, 0, 0], 2: [0, 0, 0, 1]}.get(pixels.shape[2])
    return numpy.ascontiguousarray(pixels[..., grey] if grey else pixels)


def as_picture(pixels, fromarray):
    """For Pillow's Image.fromarray, which wants to be told of grey and alpha."""
    return fromarray(pixels[..., 0]) if pixels.shape[2] == 1 else fromarray(pixels, "LA") if pixels.shape[2] == 2 else fromarray(pixels)


class Library:
    def resize_all(self, jobs):
        return [self.resize(*job) for job in jobs]


class pillow(Library):
    FILTERS = dict(nearest=0, lanczos=1, bilinear=2, bicubic=3, box=4, hamming=5)

    def __init__(self):
        import PIL.Image
        self.pil, self.version = PIL.Image, PIL.__version__

    def resize(self, name, pixels, height, width):
        image = as_picture(pixels, self.pil.fromarray)
        return image.resize((width, height), self.FILTERS[name])


class opencv(Library):
    def __init__(self):
        import cv2
        cv2.setNumThreads(1)
        self.cv2, self.version = cv2, cv2.__version__

    def resize(self, name, pixels, height, width):
        flag = getattr(self.cv2, "INTER_" + name.upper().replace("-", "_"))
        return self.cv2.resize(pixels, (width, height), interpolation=flag)


class gdkpixbuf(Library):
    def __init__(self):
        import gi
        gi.require_version("GdkPixbuf", "2.0")
        from gi.repository import GdkPixbuf, GLib
        self.lib, self.glib, self.version = GdkPixbuf, GLib, GdkPixbuf.PIXBUF_VERSION

    def resize(self, name, pixels, height, width):
        colour = as_colour(pixels)
        rows, columns, channels = colour.shape
        source = self.lib.Pixbuf.new_from_bytes(self.glib.Bytes.new(colour.tobytes()), self.lib.Colorspace.RGB, channels == 4, 8,
                                                columns, rows, channels * columns)
        out = source.scale_simple(width, height, getattr(self.lib.InterpType, name.upper()))
        stride = out.get_rowstride()
        flat = numpy.frombuffer(out.get_pixels(), "u1")
        flat = numpy.pad(flat, (0, stride * height - flat.size))
        return flat.reshape(height, stride)[:, : channels * width].reshape(height, width, channels)[..., PLAIN[pixels.shape[2]]]


class qt(Library):
    def __init__(self):
        from PyQt5 import QtCore, QtGui
        self.core, self.gui, self.version = QtCore.Qt, QtGui, QtCore.QT_VERSION_STR

    def resize(self, name, pixels, height, width):
        colour, formats = as_colour(pixels), self.gui.QImage
        rows, columns, channels = colour.shape
        given, read = ((formats.Format_RGBA8888, formats.Format_ARGB32) if channels == 4 else  # as Qt's reader of PNG has it
                       (formats.Format_RGB888, formats.Format_RGB32))
        data = colour.tobytes()  # QImage keeps no reference to it
        image = self.gui.QImage(data, columns, rows, channels * columns, given).convertToFormat(read)
        mode = self.core.SmoothTransformation if name == "smooth" else self.core.FastTransformation
        out = image.scaled(width, height, self.core.IgnoreAspectRatio, mode).convertToFormat(formats.Format_ARGB32)
        bits = out.constBits()
        bits.setsize(out.byteCount())
        bgra = numpy.frombuffer(bits, "u1").reshape(height, out.bytesPerLine())[:, : 4 * width].reshape(height, width, 4)
        return bgra[..., [2, 1, 0, 3]][..., PLAIN[pixels.shape[2]]]


class cairo(Library):
    def __init__(self):
        import cairo
        self.lib, self.version = cairo, cairo.cairo_version_string()

    def resize(self, name, pixels, height, width):
        lib, colour = self.lib, as_colour(pixels)
        rows, columns, channels = colour.shape
        layout = lib.FORMAT_ARGB32 if channels == 4 else lib.FORMAT_RGB24
        bgra = numpy.full((rows, columns, 4), 255, "u1")
        bgra[..., :3] = colour[..., 2::-1]
        if channels == 4:  # multiplied by its alpha
            bgra[..., 3] = colour[..., 3]
            bgra[..., :3] = (bgra[..., :3].astype(int) * colour[..., 3:] + 127) // 255
        source = lib.ImageSurface.create_for_data(bgra, layout, columns, rows)
        out = lib.ImageSurface(layout, width, height)
        context = lib.Context(out)
        context.scale(width / columns, height / rows)
        context.set_source_surface(source)
        context.get_source().set_filter(getattr(lib, "FILTER_" + name.upper()))
        context.get_source().set_extend(lib.EXTEND_PAD)
        context.paint()
        out.flush()
        flat = numpy.frombuffer(out.get_data(), "u1").reshape(height, out.get_stride())
        rgba = flat[:, : 4 * width].reshape(height, width, 4)[..., [2, 1, 0, 3]].copy()
        if channels == 4:
            alpha = numpy.maximum(rgba[..., 3:].astype(int), 1)
            rgba[..., :3] = numpy.minimum((rgba[..., :3].astype(int) * 255 + alpha // 2) // alpha, 255)
        return rgba[..., PLAIN[pixels.shape[2]]]
