"""Fills a database with any number of customers' records, in SQL and within seconds.

One record of each model is made by Odoo, as the pattern. All others are copies of it
that differ where they should, so what Odoo computes or requires is in them as well.
"""
# The statements are put together from parts that all stand in this file.
# ruff: noqa: S608

import contextlib

import psycopg2
from erp import server
from erp.steps import Problem
from psycopg2 import sql

SMALL_ORDERS = 19

PATTERN = "Customer pattern"

# What the patterns are made with; the password of a login is the login.
PEOPLE = """
from odoo.fields import Command

company = env.company
if "portal_tz" in company._fields:
    company.portal_tz = "Europe/Berlin"
ADDRESS = {
    "street": "Marktplatz 1", "zip": "93047", "city": "Regensburg",
    "country_id": env.ref("base.de").id,
}

def create_customer(name, **values):
    return env["res.partner"].create({
        "name": name, "is_company": True, "lang": "en_US", **ADDRESS, **values,
    })

def create_user(login, group, **values):
    return env["res.users"].with_context(no_reset_password=True).create({
        "name": login.title(), "login": login, "password": login, "lang": "en_US",
        "email": f"{login}@bench.example", "phone": "+49 941 1234",
        "tz": "Europe/Berlin",
        "group_ids": [Command.set(env.ref(group).ids)], **values,
    })
"""
# What only those need who compare with Odoo's sale orders.
SELLING = """
def create_order(customer):
    product = env["product.product"].create({"name": "Washing", "list_price": 10})
    env["sale.order"].create({
        "partner_id": customer.id,
        "order_line": [Command.create({"product_id": product.id})],
    }).action_confirm()

create_user("seller", "sales_team.group_sale_salesman_all_leads")
"""


class Cloning:
    """How a database is filled; each benchmark has one of its own.

    Its transaction has a table ``customer (no, id, contact_id)`` once the customers are
    there: 0 is the huge one, 1 the small one, 2 and up the others.
    """

    COMMON = PEOPLE + SELLING
    PATTERNS = ""  # source for Odoo's shell, which has what COMMON defines
    TABLES = ()  # those of which there are patterns

    def __init__(self, cursor, size):
        self.cursor = cursor
        self.size = size
        # The ids of our rows begin after those of the patterns.
        self.first_ids = {table: self._last_id(table) for table in self.TABLES}

    @classmethod
    def make_patterns(cls, database):
        shell = ["shell", "-c", server.CONFIGURATION, "-d", database, "--no-http"]
        # Without the last line the shell would end well after an error, too.
        ending = "env.cr.commit()\nprint('all patterns made')\n"
        script = "\n".join([cls.COMMON, cls.PATTERNS, ending])
        code, log = server.odoo(*shell, script=script, log=database)
        if code or "all patterns made" not in log.read_text():
            raise Problem(f"The patterns could not be made; {log} says why.")

    @classmethod
    def fill_database(cls, database, size):
        """Fill a database in which there are patterns already."""
        with contextlib.closing(psycopg2.connect(dbname=database)) as connection:
            # Indexes made over former versions of a row could not be used at once.
            cls._vacuum(connection, *cls.TABLES)
            with connection, connection.cursor() as cursor:
                cursor.execute("SET LOCAL maintenance_work_mem = '256MB'")
                cls(cursor, size).fill()
            cls._vacuum(connection)

    @classmethod
    def _vacuum(cls, connection, *tables):
        connection.autocommit = True
        with connection.cursor() as cursor:
            names = sql.SQL(", ").join(map(sql.Identifier, tables))
            cursor.execute(sql.SQL("VACUUM ANALYZE {}").format(names))
        connection.autocommit = False

    def fill(self):
        raise NotImplementedError

    # === WHAT ALL NEED === #

    def _fill_orders(self, number, customers, huge=0):
        """Odoo's own documents, to compare with.

        :param huge: about how many of them are the huge customer's
        """
        is_huge = f"k % {number // huge} = 0" if huge else "false"
        self._clone(
            "sale_order",
            f"""
            SELECT k AS no, c.id
            FROM generate_series(1, {number}) AS k
            JOIN customer AS c
                ON c.no = CASE WHEN k <= {SMALL_ORDERS} THEN 1
                    WHEN {is_huge} THEN 0 ELSE 2 + k % {customers} END
            """,
            name="'S' || lpad(s.no::text, 7, '0')",
            partner_id="s.id",
            partner_invoice_id="s.id",
            partner_shipping_id="s.id",
            date_order="now() - s.no * interval '5 minutes'",
            access_token="NULL",
        )

    # === HELPERS === #

    def _new_id(self, table, number="s.no"):
        """SQL of the id that our row with this number has."""
        return f"{self.first_ids[table]} + {number}"

    def _last_id(self, table):
        self.cursor.execute(
            sql.SQL("SELECT max(id) FROM {}").format(sql.Identifier(table))
        )
        return self.cursor.fetchone()[0]

    def _clone(self, table, source, **columns):
        """Copy the pattern once for each row of the source, with other values.

        :param source: SELECT with a column ``no``, from 1 up; known as ``s``
        :param columns: SQL of the values that differ
        :return: how many rows were copied
        """
        columns = {"id": f"{self._last_id(table)} + s.no", **columns}
        names = self._get_column_names(table)
        values = [
            sql.SQL(columns[name])
            if name in columns
            else sql.Identifier("pattern", name)
            for name in names
        ]
        statement = sql.SQL(
            "INSERT INTO {table} ({names}) SELECT {values} FROM ({source}) AS s"
            " JOIN {table} AS pattern ON pattern.id = {pattern}"
        ).format(
            table=sql.Identifier(table),
            names=sql.SQL(", ").join(map(sql.Identifier, names)),
            values=sql.SQL(", ").join(values),
            source=sql.SQL(source),
            pattern=sql.Literal(self._get_pattern_id(table)),
        )
        with self._checks_made_afterwards(table):
            self.cursor.execute(statement)
            copied = self.cursor.rowcount
            self.cursor.execute(sql.SQL("ANALYZE {}").format(sql.Identifier(table)))
        # What Odoo creates from now on gets the ids after ours.
        self.cursor.execute(
            sql.SQL(
                "SELECT setval(pg_get_serial_sequence(%s, 'id'), max(id)) FROM {}"
            ).format(sql.Identifier(table)),
            [table],
        )
        return copied

    @contextlib.contextmanager
    def _checks_made_afterwards(self, table):
        """That takes a fraction of the time; indexes that forbid something stay."""
        self.cursor.execute(
            """
            SELECT format('DROP INDEX %%s', indexrelid::regclass),
                pg_get_indexdef(indexrelid)
            FROM pg_index WHERE indrelid = %(table)s::regclass AND NOT indisunique
            UNION ALL
            SELECT format('ALTER TABLE %%s DROP CONSTRAINT %%I', conrelid::regclass,
                    conname),
                format('ALTER TABLE %%s ADD CONSTRAINT %%I %%s', conrelid::regclass,
                    conname, pg_get_constraintdef(oid))
            FROM pg_constraint
            WHERE conrelid = %(table)s::regclass AND contype = 'f'
            """,
            {"table": table},
        )
        statements = self.cursor.fetchall()
        for drop, _create in statements:
            self.cursor.execute(drop)
        yield
        for _drop, create in statements:
            self.cursor.execute(create)

    def _get_column_names(self, table):
        self.cursor.execute(
            """
            SELECT column_name FROM information_schema.columns
            WHERE table_schema = 'public' AND table_name = %s
            """,
            [table],
        )
        return [name for (name,) in self.cursor.fetchall()]

    def _get_pattern_id(self, table):
        if table != "res_partner":
            return self.first_ids[table]
        self.cursor.execute("SELECT id FROM res_partner WHERE name = %s", [PATTERN])
        return self.cursor.fetchone()[0]
