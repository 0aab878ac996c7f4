"""Pure: a case as events. decide, apply, moves, due, fee, replay, walk."""
