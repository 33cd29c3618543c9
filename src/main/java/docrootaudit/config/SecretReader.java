package docrootaudit.config;

import static docrootaudit.config.Problems.quote;

import docrootaudit.alert.Secret;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads where a secret is kept, and refuses secrets themselves. */
final class SecretReader {
    private static final Pattern CREDENTIAL = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,200}");

    private SecretReader() {}

    /** From {@code WHAT-file} or {@code WHAT-credential}. */
    static Optional<Secret> read(Section section, String what) {
        String inFile = what + "-file";
        String byName = what + "-credential";
        Optional<Secret> file = section.path(inFile).map(path -> new Secret.InFile(NativePath.of(path)));
        Optional<Secret> credential = section.text(byName)
                .filter(name -> isCredential(section, byName, name))
                .map(Secret.Credential::new);
        if (section.has(inFile) && section.has(byName)) {
            section.problem(byName, '"' + byName + "\" stands beside \"" + inFile + "\"; expected one of them");
        }
        return file.or(() -> credential);
    }

    /** Complains of the secret itself; neither shows it. */
    static void refuse(Section section, String what, String expected) {
        section.refuse(
                what,
                "\"" + what + "\" does not belong in this file, which others may read; expected " + expected
                        + ", and a new " + what + " at the server");
    }

    private static boolean isCredential(Section section, String key, String name) {
        boolean good = CREDENTIAL.matcher(name).matches();
        if (!good) {
            section.problem(
                    key,
                    '"' + key + "\" is no name of a credential: " + quote(name)
                            + "; expected the name before the colon in LoadCredential=");
        }
        return good;
    }
}
