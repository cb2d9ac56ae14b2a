from andock.kernel.modules import Module

MODULE = Module(name="search", urls="andock.search.urls", checks=("andock.search.checks.everything_is_known",))
