package docrootaudit.walk;

import com.google.common.jimfs.Configuration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.util.OptionalInt;

/** File systems in memory that have every attribute the walk asks for. */
public final class Jimfs {
    private Jimfs() {}

    public static FileSystem unix() {
        return com.google.common.jimfs.Jimfs.newFileSystem(Configuration.unix().toBuilder()
                .setAttributeViews("basic", "owner", "posix", "unix", "acl")
                .setWorkingDirectory("/work")
                .build());
    }

    /** An account called 33 has the number 33; others have none. */
    public static NioSource source(FileSystem world) {
        try {
            return new NioSource(
                    world,
                    who -> who.getName().matches("\\d+")
                            ? OptionalInt.of(Integer.parseUnsignedInt(who.getName()))
                            : OptionalInt.empty(),
                    NioSource.PosixAcls.NONE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
