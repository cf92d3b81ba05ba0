/** The tickets that are ticked; only such as are on the page. */
export class TicketSelection {
    ids = [];

    has(id) {
        return this.ids.includes(id);
    }

    hasAll(rows) {
        return rows.length > 0 && rows.every((row) => this.has(row.id));
    }

    toggle(id) {
        this.ids = this.has(id) ? this.ids.filter((other) => other !== id) : [...this.ids, id];
    }

    toggleAll(rows) {
        this.ids = this.hasAll(rows) ? [] : rows.map((row) => row.id);
    }

    remove(ids) {
        this.ids = this.ids.filter((id) => !ids.includes(id));
    }

    clear() {
        this.ids = [];
    }

    /** Nobody acts on tickets that he does not see. */
    keep(rows) {
        const visible = rows.map((row) => row.id);
        this.remove(this.ids.filter((id) => !visible.includes(id)));
    }
}
