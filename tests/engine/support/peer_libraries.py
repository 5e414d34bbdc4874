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
