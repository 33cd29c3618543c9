package docrootaudit.walk;

import docrootaudit.access.PathBytes;
import java.util.Map;

/** The mounts of a tree that a walk must not step on without being told. */
public interface Mounts {
    /** No mount is special. */
    Mounts NONE = Map::of;

    /** Canonical mount points of network, FUSE and automount file systems, each with the reason in words. */
    Map<PathBytes, String> hazardous();
}
