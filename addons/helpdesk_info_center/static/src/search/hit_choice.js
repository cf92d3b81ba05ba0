/** Which hit is chosen with the keyboard, and which of the centers that it leads to. */
export class HitChoice {
    index = -1;
    way = 0;

    set(index, way = 0) {
        this.index = index;
        this.way = way;
    }

    is(index, way) {
        return this.index === index && this.way === way;
    }

    /** Up or down, round the ends. */
    moveBy(step, count) {
        if (count) {
            const start = this.index < 0 && step < 0 ? 0 : this.index;
            this.set((start + step + count) % count);
        }
    }

    /** To the hit's second entry and back; false where there is none. */
    moveSideways(step, ways) {
        const way = this.way + step;
        if (way < 0 || way >= ways.length) {
            return false;
        }
        this.way = way;
        return true;
    }
}
