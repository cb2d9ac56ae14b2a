from andock.kernel.modules import Module

MODULE = Module(name="accounts")
