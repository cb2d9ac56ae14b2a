from .modules import Module

MODULE = Module(
    name="kernel",
    checks=(
        "andock.kernel.jobs.checks.worker_lives",
        "andock.kernel.jobs.checks.queue_moves",
        "andock.kernel.jobs.checks.no_dead_letters",
    ),
)
