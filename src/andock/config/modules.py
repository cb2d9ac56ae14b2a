"""Which modules are on, lower layers first. One line switches a module off everywhere."""

MODULES = [
    "andock.kernel",
    "andock.operation",
    "andock.design",
    "andock.audit",
    "andock.notifications",
    "andock.search",
    "andock.organisations",
    "andock.accounts",
    "andock.strategy",
    "andock.register",
    "andock.local_strategies",
    "andock.events",
    "andock.knowledge",
    "andock.participation",
    "andock.consultation",
    "andock.colleagues",
    "andock.following",
    "andock.newsletter",
    "andock.portal",
    "andock.cms",
]
