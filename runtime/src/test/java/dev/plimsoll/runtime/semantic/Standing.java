package dev.plimsoll.runtime.semantic;

import java.util.Collection;
import java.util.List;

/// A store that others stand in for in part.
class Standing implements EntryStore {
    private final EntryStore store;

    Standing(EntryStore store) {
        this.store = store;
    }

    @Override
    public List<Entry> find(Scope scope, Collection<Long> ids) {
        return store.find(scope, ids);
    }

    @Override
    public void put(Entry entry) {
        store.put(entry);
    }

    @Override
    public void remove(Scope scope, Collection<Long> ids) {
        store.remove(scope, ids);
    }

    @Override
    public Position tell(Change change) {
        return store.tell(change);
    }

    @Override
    public Position position() {
        return store.position();
    }

    @Override
    public Following follow(Listener listener) {
        return store.follow(listener);
    }
}
