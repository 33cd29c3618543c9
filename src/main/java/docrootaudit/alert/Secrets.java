package docrootaudit.alert;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * Reads secrets, anew each time: one that was changed holds from the next delivery on.
 *
 * @param environment of the process
 */
record Secrets(Map<String, String> environment) {
    private static final int LARGEST = 4096;
    private static final Set<PosixFilePermission> OTHERS = EnumSet.of(
            PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE, PosixFilePermission.OTHERS_EXECUTE);
    private static final String DIRECTORY = "CREDENTIALS_DIRECTORY";

    /** Its bytes, without the line's end. */
    byte[] read(Secret secret) throws UnusableException {
        if (secret instanceof Secret.InFile file) {
            return read(file.file());
        }
        String name = ((Secret.Credential) secret).name();
        String directory = environment.getOrDefault(DIRECTORY, "");
        if (directory.isEmpty()) {
            throw new UnusableException(
                    "the credential " + name + " is not there: systemd gives it to the service alone,"
                            + " where LoadCredential=" + name + ":/path/to/file stands in its unit");
        }
        return read(Path.of(directory, name));
    }

    private static byte[] read(Path file) throws UnusableException {
        try {
            if (!Files.isRegularFile(file)) {
                throw new NoSuchFileException(file.toString());
            }
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
            if (permissions.stream().anyMatch(OTHERS::contains)) {
                throw new UnusableException(file + " is " + PosixFilePermissions.toString(permissions)
                        + ", so that every local user can use it: take that away with chmod o= and change the secret");
            }
            try (InputStream in = Files.newInputStream(file)) {
                return withoutEnd(file, in.readNBytes(LARGEST + 1));
            }
        } catch (NoSuchFileException e) {
            throw new UnusableException(file + " is no file: expected one that holds the secret");
        } catch (AccessDeniedException e) {
            throw new UnusableException(file + " may not be read by this process");
        } catch (IOException e) {
            throw new UnusableException(file + " cannot be read: " + e.getMessage());
        }
    }

    private static byte[] withoutEnd(Path file, byte[] bytes) throws UnusableException {
        int end = bytes.length;
        while (end > 0 && (bytes[end - 1] == '\n' || bytes[end - 1] == '\r')) {
            end--;
        }
        if (end == 0 || bytes.length > LARGEST) {
            throw new UnusableException(
                    file + " is " + (end == 0 ? "empty" : "larger than 4 KiB") + ": expected the secret on one line");
        }
        return Arrays.copyOf(bytes, end);
    }
}
