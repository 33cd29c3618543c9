package docrootaudit.server;

import at.favre.lib.crypto.bcrypt.BCrypt;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.Crypt;
import org.apache.commons.codec.digest.Md5Crypt;

/**
 * Compares a password with what a password file holds for it: {@code ngx_crypt.c}, {@code apr_password_validate()} in
 * {@code apr_passwd.c}, and crypt(5) for both.
 */
public final class Passwords {
    /** More rounds than anybody waits for. */
    private static final long MAX_ROUNDS = 1_000_000;

    private static final int MAX_COST = 14;

    private static final Pattern APR1 = Pattern.compile("\\$apr1\\$[^$]*\\$.{22}");
    private static final Pattern MD5 = Pattern.compile("\\$1\\$[^$]*\\$.{22}");
    private static final Pattern SHA2 = Pattern.compile("\\$[56]\\$(rounds=\\d{1,9}\\$)?[^$]*\\$(.{43}|.{86})");
    private static final Pattern DES = Pattern.compile("[./0-9A-Za-z]{13}");
    private static final Pattern BCRYPT = Pattern.compile("\\$2[abxy]\\$\\d\\d\\$.{53}");

    /** Whose password file it is. */
    public enum Dialect {
        NGINX,
        APACHE
    }

    /** What the comparison says. */
    public enum Answer {
        RIGHT,
        WRONG,
        /** A kind of hash that is not computed here. */
        UNKNOWN
    }

    private Passwords() {}

    /**
     * A line for a password file that both servers understand.
     *
     * @param name a {@link ByteText}
     * @param password a {@link ByteText}
     */
    public static String entry(String name, String password) {
        return name + ":" + Md5Crypt.apr1Crypt(password.getBytes(StandardCharsets.ISO_8859_1));
    }

    /**
     * Compares.
     *
     * @param password a {@link ByteText}
     * @param stored the second field of the line, a {@link ByteText}
     */
    public static Answer check(Dialect dialect, String password, String stored) {
        byte[] key = password.getBytes(StandardCharsets.ISO_8859_1);
        if (stored.startsWith("$apr1$")) {
            return hashed(stored, APR1, () -> Md5Crypt.apr1Crypt(key, salt(stored, "$apr1$")));
        }
        if (stored.startsWith("{SHA}")) {
            String hash = Base64.getEncoder().encodeToString(sha1(key, new byte[0]));
            return equal("{SHA}" + hash, stored);
        }
        if (dialect == Dialect.NGINX && stored.startsWith("{PLAIN}")) {
            return equal("{PLAIN}" + password, stored);
        }
        if (dialect == Dialect.NGINX && stored.startsWith("{SSHA}")) {
            return saltedSha(key, stored.substring("{SSHA}".length()));
        }
        return crypt(key, stored);
    }

    private static Answer saltedSha(byte[] key, String encoded) {
        byte[] decoded;
        try {
            decoded = Base64.getDecoder().decode(encoded);
        } catch (IllegalArgumentException e) {
            return Answer.WRONG;
        }
        if (decoded.length < 20) {
            return Answer.WRONG;
        }
        byte[] salt = Arrays.copyOfRange(decoded, 20, decoded.length);
        boolean same = MessageDigest.isEqual(sha1(key, salt), Arrays.copyOf(decoded, 20));
        return same ? Answer.RIGHT : Answer.WRONG;
    }

    /** crypt(3) as Debian has it. */
    private static Answer crypt(byte[] key, String stored) {
        if (BCRYPT.matcher(stored).matches()) {
            return bcrypt(key, stored);
        } else if (stored.startsWith("$1$")) {
            return hashed(stored, MD5, () -> Crypt.crypt(key, stored));
        } else if (stored.startsWith("$5$") || stored.startsWith("$6$")) {
            return hashed(stored, SHA2, () -> Crypt.crypt(key, stored));
        } else if (stored.startsWith("$") || stored.startsWith("_")) {
            return Answer.UNKNOWN;
        }
        return hashed(stored, DES, () -> Crypt.crypt(key, stored));
    }

    /** Compares with what a library computes; it refuses some salts that crypt(3) takes. */
    private static Answer hashed(String stored, Pattern form, Supplier<String> computed) {
        if (!form.matcher(stored).matches()) {
            return Answer.WRONG;
        }
        if (rounds(stored) > MAX_ROUNDS) {
            return Answer.UNKNOWN;
        }
        try {
            return equal(computed.get(), stored);
        } catch (IllegalArgumentException e) {
            return Answer.UNKNOWN;
        }
    }

    private static long rounds(String stored) {
        int at = stored.indexOf("$rounds=");
        return at < 0 ? 5000 : Long.parseLong(stored.substring(at + 8, stored.indexOf('$', at + 1)));
    }

    private static Answer bcrypt(byte[] key, String stored) {
        if (Integer.parseInt(stored.substring(4, 6)) > MAX_COST || stored.charAt(2) == 'x') {
            return Answer.UNKNOWN;
        }
        byte[] cut = Arrays.copyOf(key, Math.min(key.length, 72));
        String same = "$2a" + stored.substring(3);
        try {
            boolean verified = BCrypt.verifyer().verify(cut, same.getBytes(StandardCharsets.ISO_8859_1)).verified;
            return verified ? Answer.RIGHT : Answer.WRONG;
        } catch (IllegalArgumentException e) {
            return Answer.WRONG;
        }
    }

    private static String salt(String stored, String magic) {
        int end = stored.indexOf('$', magic.length());
        String salt = stored.substring(magic.length(), end < 0 ? stored.length() : end);
        return magic + salt.substring(0, Math.min(8, salt.length()));
    }

    private static byte[] sha1(byte[] key, byte[] salt) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-1");
            digest.update(key);
            return digest.digest(salt);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }

    private static Answer equal(String computed, String stored) {
        return computed.equals(stored) ? Answer.RIGHT : Answer.WRONG;
    }
}
