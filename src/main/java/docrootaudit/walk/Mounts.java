package docrootaudit.walk;

import docrootaudit.access.Mount;
import docrootaudit.access.PathBytes;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The mounts of a tree that a walk must not step on without being told. */
public interface Mounts {
    /** No mount is special. */
    Mounts NONE = new Mounts() {
        @Override
        public Map<PathBytes, String> hazardous() {
            return Map.of();
        }

        @Override
        public Set<PathBytes> automounts() {
            return Set.of();
        }

        @Override
        public List<Mount> all() {
            return List.of();
        }
    };

    /** Canonical mount points of network, FUSE and automount file systems, each with the reason in words. */
    Map<PathBytes, String> hazardous();

    /** Those of them that a look would mount. */
    Set<PathBytes> automounts();

    /** Every mount of the tree, in no order. */
    List<Mount> all();
}
