from .modules import Module

MODULE = Module(name="kernel")
