from andock.kernel.modules import Module

MODULE = Module(
    name="operation",
    checks=(
        "andock.operation.checks.settings.demo_mode",
        "andock.operation.checks.settings.debug",
        "andock.operation.checks.settings.secret_key",
        "andock.operation.checks.settings.addresses",
        "andock.operation.checks.files.data_folder",
        "andock.operation.checks.files.key_file",
        "andock.operation.checks.files.free_space",
        "andock.operation.checks.files.static_files",
        "andock.operation.checks.files.catalogues",
        "andock.operation.checks.database.reachable",
        "andock.operation.checks.database.migrated",
        "andock.operation.checks.database.write_ahead",
        "andock.operation.checks.database.frozen_rows",
        "andock.operation.checks.redis.closed_to_strangers",
    ),
)
