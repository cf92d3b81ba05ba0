def pre_init_hook(env):
    """Let the database itself refuse appointments that overlap.

    The extension is a trusted one: the owner of the database may create it.
    """
    env.cr.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
