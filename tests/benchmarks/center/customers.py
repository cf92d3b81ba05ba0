"""Fills a database with companies and their contacts, under names as people have."""
# The statements are put together from parts that all stand in this file.
# ruff: noqa: S608

from shared.cloning import Cloning

# Partners of each customer but the two: the company and three contacts.
PARTNERS = 4
HUGE_CONTACTS, SMALL_CONTACTS = 504, 4
# So many of them have a login.
HUGE_LOGINS, SMALL_LOGINS = 5, 1
# So many companies bear the name that hardly anybody has.
RARE = 5000

FIRST = (
    *("Anna", "Bernd", "Carla", "Dirk", "Eva", "Frank", "Gerda", "Hans", "Ina", "Jan"),
    *("Karin", "Lars", "Maria", "Nils", "Olga", "Peter", "Rosa", "Sven", "Tanja"),
    *("Ulf", "Vera", "Wolf", "Yvonne", "Zoe"),
)
LAST = (
    *("Adam", "Bauer", "Becker", "Braun", "Dietrich", "Engel", "Fischer", "Frank"),
    *("Graf", "Hartmann", "Hoffmann", "Huber", "Jung", "Kaiser", "Keller", "Klein"),
    *("Koch", "Krause", "Lang", "Lehmann", "Ludwig", "Maier", "Meyer", "Müller"),
    *("Neumann", "Otto", "Peters", "Richter", "Roth", "Sauer", "Schmidt", "Schneider"),
    *("Scholz", "Schubert", "Schulz", "Schwarz", "Seidel", "Simon", "Sommer", "Stein"),
    *("Thomas", "Vogel", "Wagner", "Walter", "Weber", "Weiß", "Winkler", "Winter"),
    *("Wolf", "Ziegler", "Zimmermann"),
)
TRADES = (
    *("Abfall", "Bau", "Chemie", "Druck", "Elektro", "Fenster", "Garten", "Holz"),
    *("Immobilien", "Kälte", "Logistik", "Maschinen", "Metall", "Möbel", "Optik"),
    *("Papier", "Recycling", "Sanitär", "Technik", "Transport", "Verpackung"),
)
FORMS = ("GmbH", "AG", "KG", "GbR", "e. K.")


class CustomerCloning(Cloning):
    """A filling with customers: 0 is the huge one, 1 the small one, 2 and up others.

    ``customer`` of its transaction has their ids and mail domains, ``contact`` all
    their contacts, with 0 and up as ``turn``.
    """

    @classmethod
    def get_customers(cls, partners):
        """How many other customers so many partners are."""
        return (partners - HUGE_CONTACTS - SMALL_CONTACTS - 2) // PARTNERS

    def _fill_customers(self, customers):
        self._fill_companies(customers)
        self._list_customers()
        self._fill_contacts()
        self._list_contacts()

    def _fill_companies(self, customers):
        self._clone(
            "res_partner",
            f"""
            SELECT no, {pick(LAST, 1)} || ' ' || {pick(TRADES, 2)} || ' '
                || {pick(FORMS, 3)} AS name
            FROM generate_series(1, {customers}) AS no
            """,
            commercial_partner_id=self._new_id("res_partner"),
            name=f"CASE WHEN s.no % {RARE} = 7 THEN 'Qjarno ' ELSE '' END || s.name",
            complete_name=f"CASE WHEN s.no % {RARE} = 7 THEN 'Qjarno ' ELSE '' END"
            " || s.name",
            commercial_company_name="s.name",
            ref="'K' || lpad(s.no::text, 6, '0')",
            vat="'DE' || lpad((s.no * 7919)::text, 9, '0')",
            phone="'+49 941 ' || (100000 + s.no)",
            email="'info@firm' || s.no || '.example'",
            email_normalized="'info@firm' || s.no || '.example'",
        )

    def _list_customers(self):
        first_id = self.first_ids["res_partner"]
        self.cursor.execute(
            f"""
            CREATE TEMP TABLE customer ON COMMIT DROP AS
            SELECT 1 + id - {first_id} AS no, id, name,
                'firm' || id - {first_id} || '.example' AS domain,
                {PARTNERS - 1} AS contacts
            FROM res_partner WHERE id > {first_id}
            UNION ALL
            SELECT known.no, c.id, c.name, login || '.example', contacts
            FROM (VALUES (0, 'huge', {HUGE_CONTACTS}), (1, 'small', {SMALL_CONTACTS}))
                AS known (no, login, contacts)
            JOIN res_users AS u USING (login)
            JOIN res_partner AS p ON p.id = u.partner_id
            JOIN res_partner AS c ON c.id = p.parent_id;
            ANALYZE customer
            """
        )

    def _fill_contacts(self):
        """All but those who have a login already, the first ones of two customers."""
        self._clone(
            "res_partner",
            f"""
            SELECT row_number() OVER (ORDER BY c.no, turn) AS no, c.id AS customer_id,
                c.name AS customer_name, {pick(FIRST, 4)} || ' ' || {pick(LAST, 5)}
                AS name, 'contact' || turn || '@' || domain AS email,
                c.no * 10 + turn AS place
            FROM customer AS c CROSS JOIN LATERAL generate_series(
                CASE c.no WHEN 0 THEN {HUGE_LOGINS} WHEN 1 THEN {SMALL_LOGINS}
                ELSE 0 END, contacts - 1
            ) AS turn
            """.replace("no::text", "c.no || '/' || turn"),
            parent_id="s.customer_id",
            commercial_partner_id="s.customer_id",
            is_company="false",
            type="'contact'",
            name="s.name",
            complete_name="s.customer_name || ', ' || s.name",
            commercial_company_name="s.customer_name",
            phone="'+49 171 ' || (1000000 + s.place)",
            email="s.email",
            email_normalized="s.email",
        )

    def _list_contacts(self):
        self.cursor.execute(
            """
            CREATE TEMP TABLE contact ON COMMIT DROP AS
            SELECT c.no AS customer_no, p.id, p.name, p.email,
                row_number() OVER (PARTITION BY c.no ORDER BY p.id) - 1 AS turn
            FROM customer AS c
            JOIN res_partner AS p ON p.parent_id = c.id;
            ANALYZE contact
            """
        )


def pick(words, salt):
    """SQL of one of the words, another for each ``no`` and yet always the same."""
    listed = ", ".join(f"'{word}'" for word in words)
    return f"(ARRAY[{listed}])[1 + {chance(salt)} % {len(words)}]"


def chance(salt):
    """SQL of a number that looks like chance."""
    return f"('x' || left(md5('{salt}/' || no::text), 7))::bit(28)::int"
