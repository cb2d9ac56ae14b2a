from andock.kernel.modules import Module

from .frozen import FROZEN

MODULE = Module(name="audit", frozen=FROZEN, processing="andock.audit.processing.PROCESSING")
