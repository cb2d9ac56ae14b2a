"""Which modules are on, lower layers first. One line switches a module off everywhere."""

MODULES = [
    "andock.kernel",
    "andock.design",
    "andock.organisations",
    "andock.accounts",
    "andock.strategy",
    "andock.portal",
    "andock.cms",
]
