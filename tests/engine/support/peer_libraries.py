"""Libraries that can be called from Python. Each class: `version`, and `resize_all` from (filter, pixels, height, width)
jobs to arrays; pixels are height x width x channels bytes."""


class Library:
    def resize_all(self, jobs):
        return [self.resize(*job) for job in jobs]


class pillow(Library):
    FILTERS = dict(nearest=0, lanczos=1, bilinear=2, bicubic=3, box=4, hamming=5)

    def __init__(self):
        import PIL.Image
        self.pil, self.version = PIL.Image, PIL.__version__

    def resize(self, name, pixels, height, width):
        image = self.pil.fromarray(pixels[..., 0] if pixels.shape[2] == 1 else pixels)
        return image.resize((width, height), self.FILTERS[name])


class opencv(Library):
    def __init__(self):
        import cv2
        cv2.setNumThreads(1)
        self.cv2, self.version = cv2, cv2.__version__

    def resize(self, name, pixels, height, width):
        flag = getattr(self.cv2, "INTER_" + name.upper().replace("-", "_"))
        return self.cv2.resize(pixels, (width, height), interpolation=flag)


def as_rgb(pixels):
    import numpy
    return numpy.ascontiguousarray(numpy.repeat(pixels, 3, 2) if pixels.shape[2] == 1 else pixels)


class gdkpixbuf(Library):
    def __init__(self):
        import gi
        gi.require_version("GdkPixbuf", "2.0")
        from gi.repository import GdkPixbuf, GLib
        self.lib, self.glib, self.version = GdkPixbuf, GLib, GdkPixbuf.PIXBUF_VERSION

    def resize(self, name, pixels, height, width):
        import numpy
        rgb = as_rgb(pixels)
        data = self.glib.Bytes.new(rgb.tobytes())
        source = self.lib.Pixbuf.new_from_bytes(data, self.lib.Colorspace.RGB, False, 8, rgb.shape[1], rgb.shape[0],
                                                3 * rgb.shape[1])
        out = source.scale_simple(width, height, getattr(self.lib.InterpType, name.upper()))
        stride = out.get_rowstride()
        flat = numpy.frombuffer(out.get_pixels(), "u1")
        flat = numpy.pad(flat, (0, stride * height - flat.size))
        return flat.reshape(height, stride)[:, : 3 * width].reshape(height, width, 3)[..., : pixels.shape[2]]


class qt(Library):
    def __init__(self):
        from PyQt5 import QtCore, QtGui
        self.core, self.gui, self.version = QtCore.Qt, QtGui, QtCore.QT_VERSION_STR

    def resize(self, name, pixels, height, width):
        import numpy
        rgb = as_rgb(pixels)
        data = rgb.tobytes()  # QImage keeps no reference to it
        image = self.gui.QImage(data, rgb.shape[1], rgb.shape[0], 3 * rgb.shape[1], self.gui.QImage.Format_RGB888)
        image = image.convertToFormat(self.gui.QImage.Format_RGB32)
        mode = self.core.SmoothTransformation if name == "smooth" else self.core.FastTransformation
        out = image.scaled(width, height, self.core.IgnoreAspectRatio, mode).convertToFormat(self.gui.QImage.Format_RGB32)
        bits = out.constBits()
        bits.setsize(out.byteCount())
        bgra = numpy.frombuffer(bits, "u1").reshape(height, out.bytesPerLine())[:, : 4 * width].reshape(height, width, 4)
        return bgra[..., 2::-1][..., : pixels.shape[2]].copy()


class cairo(Library):
    def __init__(self):
        import cairo
        self.lib, self.version = cairo, cairo.cairo_version_string()

    def resize(self, name, pixels, height, width):
        import numpy
        lib, rgb = self.lib, as_rgb(pixels)
        bgra = numpy.full(rgb.shape[:2] + (4,), 255, "u1")
        bgra[..., :3] = rgb[..., ::-1]
        source = lib.ImageSurface.create_for_data(bgra, lib.FORMAT_RGB24, rgb.shape[1], rgb.shape[0])
        out = lib.ImageSurface(lib.FORMAT_RGB24, width, height)
        context = lib.Context(out)
        context.scale(width / rgb.shape[1], height / rgb.shape[0])
        context.set_source_surface(source)
        context.get_source().set_filter(getattr(lib, "FILTER_" + name.upper()))
        context.get_source().set_extend(lib.EXTEND_PAD)
        context.paint()
        out.flush()
        flat = numpy.frombuffer(out.get_data(), "u1").reshape(height, out.get_stride())
        return flat[:, : 4 * width].reshape(height, width, 4)[..., 2::-1][..., : pixels.shape[2]].copy()
