package docrootaudit.walk;

import docrootaudit.access.PathBytes;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Locale;

/** The bytes of paths as {@link Path}, without loss. */
interface NioNames {
    /** An absolute path. */
    Path path(PathBytes absolute);

    /** The bytes of an absolute path. */
    PathBytes bytes(Path absolute);

    /** The bytes of a path's last name. */
    default PathBytes name(Path path) {
        return bytes(path.getFileName()).name();
    }

    /** The bytes of what a link says, a slash at its end included. */
    PathBytes target(Path target);

    /** As a file system needs it. */
    static NioNames of(FileSystem fileSystem) {
        return fileSystem.equals(FileSystems.getDefault()) ? new Native() : new Text(fileSystem);
    }

    /**
     * The default file system keeps bytes, but its strings are made in the locale's charset, which need not have them
     * all. A file URI escapes each byte.
     */
    record Native() implements NioNames {
        @Override
        public Path path(PathBytes absolute) {
            StringBuilder uri = new StringBuilder("file://");
            for (byte b : absolute.bytes()) {
                if (b == '/' || (b > 0 && Character.isLetterOrDigit(b))) {
                    uri.append((char) b);
                } else {
                    uri.append(String.format(Locale.ROOT, "%%%02x", b & 0xff));
                }
            }
            return Path.of(URI.create(uri.toString()));
        }

        @Override
        public PathBytes bytes(Path path) {
            // of a directory the URI ends with a slash
            byte[] bytes = raw(path);
            boolean slash = bytes.length > 1 && bytes[bytes.length - 1] == '/';
            return PathBytes.of(bytes, 0, bytes.length - (slash ? 1 : 0));
        }

        @Override
        public PathBytes target(Path target) {
            byte[] bytes = raw(target);
            // a URI is absolute; that of the working directory, a directory, ends with a slash
            int from = target.isAbsolute() ? 0 : raw(Path.of("")).length;
            boolean added = bytes[bytes.length - 1] == '/' && !target.toString().endsWith("/");
            return PathBytes.of(bytes, from, bytes.length - (added ? 1 : 0));
        }

        private static byte[] raw(Path path) {
            byte[] escaped = path.toUri().getRawPath().getBytes(StandardCharsets.US_ASCII);
            ByteArrayOutputStream out = new ByteArrayOutputStream(escaped.length);
            for (int i = 0; i < escaped.length; i++) {
                if (escaped[i] == '%') {
                    out.write(Character.digit(escaped[i + 1], 16) << 4 | Character.digit(escaped[i + 2], 16));
                    i += 2;
                } else {
                    out.write(escaped[i]);
                }
            }
            return out.toByteArray();
        }
    }

    /** Others keep text. */
    record Text(FileSystem fileSystem) implements NioNames {
        @Override
        public Path path(PathBytes absolute) {
            return fileSystem.getPath(new String(absolute.bytes(), StandardCharsets.UTF_8));
        }

        @Override
        public PathBytes bytes(Path path) {
            return PathBytes.of(path.toString());
        }

        @Override
        public PathBytes target(Path target) {
            return PathBytes.of(target.toString());
        }
    }
}
