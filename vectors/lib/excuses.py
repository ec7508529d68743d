"""Excuses, as the protocol says them, on sets."""


def silent_slots(slots, present, owner_of):
    """Slots excused by silence among `slots` (ascending, without gaps); present[slot] is the set of nodes there."""
    excused, at = set(), slots[0] + 1
    while at <= slots[-1]:
        before, now = present[at - 1], present[at]
        gone = before - now
        owners = {owner_of[n] for n in before}
        left = {owner_of[n] for n in before & now}
        silent = (
            len(before) >= 10
            and len(owners) >= 5
            and 100 * len(gone) > 55 * len(before)
            and 100 * len(owners - left) > 55 * len(owners)
        )
        if not silent:
            at += 1
            continue
        end = at
        while end < at + 30 and end <= slots[-1] and 2 * len(gone & present[end]) < len(gone):
            excused.add(end)
            end += 1
        at = end + 1
    return excused


def judge_maintenance(slots_per_epoch, valid, record, sealed_slot):
    """None for a record that is valid beside those sealed before it, else why it is void."""
    if sealed_slot >= record["from_slot"]:
        return "late"
    taken = {s for r in [*valid, record] for s in range(r["from_slot"], r["to_slot"])}
    epochs = {s // slots_per_epoch for s in taken}
    windows = range(min(epochs) - 6, max(epochs) + 1)
    worst = max(sum(1 for s in taken if 0 <= s // slots_per_epoch - first < 7) for first in windows)
    return "too_much" if worst > slots_per_epoch // 6 else None
