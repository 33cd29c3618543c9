package docrootaudit.server.apache;

import java.util.Optional;

/**
 * What a section says of authorization.
 *
 * @param root what is required; empty if it says nothing
 * @param merging how it joins what was required further out; empty if it does not say
 */
record Authorization(Optional<Requirement.Group> root, Optional<Merging> merging) {
    static final Authorization NONE = new Authorization(Optional.empty(), Optional.empty());

    /** {@code AuthMerging}. */
    enum Merging {
        OFF,
        AND,
        OR
    }

    /** This with what a section nearer to the file says ({@code merge_authz_core_dir_config()}). */
    Authorization merge(Authorization nearer) {
        if (nearer.merging.isEmpty() && nearer.root.isEmpty()) {
            return root.isPresent() ? this : nearer;
        }
        boolean replaces = nearer.merging.orElse(Merging.OFF) == Merging.OFF;
        if (replaces || (nearer.root.isEmpty() && root.isEmpty())) {
            return nearer;
        }
        Requirement.Builder both = new Requirement.Builder(
                nearer.merging.get() == Merging.OR ? Requirement.Operator.OR : Requirement.Operator.AND, false);
        root.ifPresent(both::add);
        nearer.root.ifPresent(both::add);
        return new Authorization(Optional.of(both.build()), nearer.merging);
    }
}
