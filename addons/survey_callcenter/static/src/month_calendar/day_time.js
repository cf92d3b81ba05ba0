const { DateTime } = luxon;

export const DEFAULT_HOUR = 9;

/**
 * Put the time of ``current`` on a day that was picked. Without a time it is nine
 * o'clock, or the next full hour if that has passed today.
 */
export function keepTime(day, current) {
    if (current) {
        const { hour, minute, second } = current;
        return day.set({ hour, minute, second, millisecond: 0 });
    }
    const usual = day.set({ hour: DEFAULT_HOUR, minute: 0, second: 0, millisecond: 0 });
    const now = DateTime.now();
    return usual < now && day.hasSame(now, "day")
        ? now.startOf("hour").plus({ hours: 1 })
        : usual;
}
