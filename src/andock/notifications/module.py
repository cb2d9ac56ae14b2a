from andock.kernel.modules import Module

MODULE = Module(
    name="notifications",
    processing="andock.notifications.processing.PROCESSING",
    due="andock.notifications.services.due",
    urls="andock.notifications.urls",
    checks=("andock.notifications.checks.mail_server", "andock.notifications.checks.all_delivered"),
)
