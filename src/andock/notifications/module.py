from andock.kernel.modules import Module

MODULE = Module(name="notifications", urls="andock.notifications.urls")
