"""Fills a database with customers: companies, their contacts and addresses."""
# The statements are put together from parts that all stand in this file.
# ruff: noqa: S608

from .cloning import Cloning

# Partners of each customer without a login: company, contact, two addresses.
PARTNERS = 4


class PartnerCloning(Cloning):
    """A filling with customers who have contacts and addresses.

    The table ``customer`` of its transaction also has their names.
    """

    # The numbers of customers who can sign in; 2 and up are the others.
    LOGINS = {"huge": 0, "small": 1}
    # How many addresses they have, by login; the others have two.
    ADDRESSES = {}

    @classmethod
    def get_customers(cls, partners):
        """How many customers without a login so many partners are."""
        return (partners - sum(cls.ADDRESSES.values())) // PARTNERS

    def _fill_partners(self, customers):
        self._fill_companies(customers)
        self._fill_addresses()
        self.cursor.execute("ANALYZE res_partner")
        self.cursor.execute(
            """
            UPDATE customer AS c SET contact_id = p.id
            FROM res_partner AS p
            WHERE p.parent_id = c.id AND p.type = 'contact' AND c.contact_id IS NULL
            """
        )
        self.cursor.execute("ANALYZE customer")

    def _fill_companies(self, customers):
        # Names like 'Hotel 3f2a 00017': no two of them begin alike.
        name = "'Hotel ' || left(md5(s.no::text), 4) || ' ' || lpad(s.no::text, 5, '0')"
        self._clone(
            "res_partner",
            f"SELECT no FROM generate_series(1, {customers}) AS no",
            commercial_partner_id=self._new_id("res_partner"),
            name=name,
            complete_name=name,
            commercial_company_name=name,
            email="'info-' || s.no || '@bench.example'",
        )
        logins = ", ".join(
            f"({number}, '{login}', {self.ADDRESSES.get(login, 0)})"
            for login, number in self.LOGINS.items()
        )
        self.cursor.execute(
            f"""
            CREATE TEMP TABLE customer ON COMMIT DROP AS
            SELECT 1 + (substring(name FROM '[0-9]+$'))::int AS no, id, name,
                NULL::int AS contact_id, {PARTNERS - 2} AS addresses
            FROM res_partner WHERE name LIKE 'Hotel %'
            UNION ALL
            SELECT logins.no, c.id, c.name, p.id, addresses
            FROM (VALUES {logins}) AS logins (no, login, addresses)
            JOIN res_users AS u USING (login)
            JOIN res_partner AS p ON p.id = u.partner_id
            JOIN res_partner AS c ON c.id = p.parent_id
            """
        )

    def _fill_addresses(self):
        """One contact and two addresses each; those with a login have a contact."""
        self._clone(
            "res_partner",
            """
            SELECT row_number() OVER (ORDER BY c.no, turn) AS no, c.id AS customer_id,
                c.name AS customer_name, turn,
                CASE WHEN turn = 0 THEN 'Reception'
                    ELSE 'Depot ' || lpad(turn::text, 3, '0') END AS name,
                CASE WHEN turn = 0 THEN 'contact' WHEN turn % 4 = 2 THEN 'invoice'
                    ELSE 'delivery' END AS type
            FROM customer AS c
            CROSS JOIN LATERAL generate_series(
                CASE WHEN contact_id IS NULL THEN 0 ELSE 1 END, addresses
            ) AS turn
            """,
            parent_id="s.customer_id",
            commercial_partner_id="s.customer_id",
            is_company="false",
            type="s.type",
            name="s.name",
            complete_name="s.customer_name || ', ' || s.name",
            commercial_company_name="s.customer_name",
            email="NULL",
        )
