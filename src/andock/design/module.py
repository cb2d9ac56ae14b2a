from andock.kernel.modules import Module

MODULE = Module(name="design", urls="andock.design.urls")
