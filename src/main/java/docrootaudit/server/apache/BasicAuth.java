package docrootaudit.server.apache;

import docrootaudit.access.Need;
import docrootaudit.access.PathBytes;
import docrootaudit.server.ByteText;
import docrootaudit.server.Passwords;
import docrootaudit.server.Reason;
import docrootaudit.server.Refusal;
import docrootaudit.server.Request;
import docrootaudit.server.Tree;
import java.util.List;
import java.util.Optional;

/** Who the visitor is, by Basic authentication against files (mod_auth_basic, mod_authn_file, mod_authz_groupfile). */
final class BasicAuth {
    private final Hop hop;
    private final Journey journey;

    BasicAuth(Hop hop) {
        this.hop = hop;
        this.journey = hop.journey();
    }

    /**
     * {@code check_user_id}: finds out who it is.
     *
     * @param requirement the line that wants to know, for a refusal
     */
    int run(Directive requirement) {
        Request.Visitor visitor = journey.request().visitor();
        if (visitor instanceof Request.Visitor.Anonymous
                && journey.request().header("Authorization").isPresent()) {
            journey.doubt("credentials in a header are not looked at", requirement);
        }
        if (visitor instanceof Request.Visitor.Anonymous) {
            journey.step("auth", requirement, "no credentials were sent");
            return refuse(401, requirement);
        }
        for (AuthnProvider provider : AuthnProvider.of(hop)) {
            int status = ask(provider, requirement, visitor);
            if (status != Hop.DECLINED) {
                return status;
            }
        }
        // whoever is not authoritative leaves it to others, and there are none
        return refuse(hop.config().isOff("authbasicauthoritative") ? 500 : 401, requirement);
    }

    /** What one says; {@link Hop#DECLINED} where it does not know the user. */
    private int ask(AuthnProvider provider, Directive requirement, Request.Visitor visitor) {
        if (!provider.isFile()) {
            if (visitor instanceof Request.Visitor.Named named) {
                hop.user(named.name());
                return Hop.OK;
            }
            journey.doubt(
                    "passwords are not kept in a file",
                    hop.config().find("authbasicprovider").orElse(requirement));
            return refuse(401, requirement);
        }
        Optional<Directive> file = provider.file();
        if (file.isEmpty() || !journey.has("mod_authn_file")) {
            journey.step("auth", requirement, "there is no AuthUserFile");
            return refuse(500, file.orElse(requirement));
        }
        return password(file.get(), requirement, visitor);
    }

    private int password(Directive fileLine, Directive requirement, Request.Visitor visitor) {
        PathBytes file = path(fileLine);
        Tree.Contents contents = journey.tree().read(file);
        if (contents instanceof Tree.Contents.Failed failed) {
            journey.step("password file", file, failed.errno().sentence());
            Refusal refusal = Journey.file(ByteText.of(file), Need.READ, failed.errno(), 500, hop.mapped());
            return hop.refuse(
                    new Refusal(Reason.AUTH, refusal.blame(), fileRule(fileLine), 500, hop.mapped(), refusal.meant()));
        } else if (contents instanceof Tree.Contents.Withheld withheld) {
            journey.doubt(file + ": " + withheld.why());
            return refuse(401, requirement);
        }
        String name = visitor instanceof Request.Visitor.Named named
                ? named.name()
                : ((Request.Visitor.Login) visitor).name();
        Optional<String> stored = entry(((Tree.Contents.Read) contents).text(), name);
        boolean right = stored.isPresent() && isRight(visitor, stored.get(), fileLine);
        if (!right) {
            journey.step("password file", file, stored.isPresent() ? "another password" : "no such user");
            return stored.isEmpty() ? Hop.DECLINED : refuse(401, requirement);
        }
        hop.user(name);
        return Hop.OK;
    }

    private static String fileRule(Directive line) {
        return ByteText.visible(line.rule());
    }

    private boolean isRight(Request.Visitor visitor, String stored, Directive fileLine) {
        if (!(visitor instanceof Request.Visitor.Login login)) {
            return true;
        }
        Passwords.Answer answer = Passwords.check(Passwords.Dialect.APACHE, login.password(), stored);
        if (answer == Passwords.Answer.UNKNOWN) {
            journey.doubt("a password is kept in a way that is not compared here", fileLine);
        }
        return answer == Passwords.Answer.RIGHT;
    }

    /** The second field of a user's line; {@code check_password()} in mod_authn_file.c. */
    private static Optional<String> entry(String text, String user) {
        for (String line : text.split("\n", -1)) {
            if (line.startsWith(user + ":")) {
                String rest = line.substring(user.length() + 1).stripTrailing();
                int colon = rest.indexOf(':');
                return Optional.of(colon < 0 ? rest : rest.substring(0, colon));
            }
        }
        return Optional.empty();
    }

    /** Whether the group file has the user in one of the groups; a file that cannot be read has nobody in any. */
    boolean isInGroup(String user, List<String> groups, Directive requirement) {
        Optional<Directive> line = hop.config().find("authgroupfile");
        if (line.isEmpty()) {
            return false;
        }
        Tree.Contents contents = journey.tree().read(path(line.get()));
        if (contents instanceof Tree.Contents.Withheld withheld) {
            journey.doubt(withheld.why(), requirement);
        }
        if (!(contents instanceof Tree.Contents.Read read)) {
            return false;
        }
        for (String entry : read.text().split("\n", -1)) {
            int colon = entry.indexOf(':');
            if (colon > 0 && groups.contains(entry.substring(0, colon).strip())) {
                if (Words.of(entry.substring(colon + 1)).contains(user)) {
                    return true;
                }
            }
        }
        return false;
    }

    private PathBytes path(Directive line) {
        PathBytes path = ByteText.path(line.first());
        return path.isAbsolute()
                ? path
                : journey.configuration().definitions().serverRoot().resolve(path);
    }

    private int refuse(int status, Directive line) {
        return hop.refuse(Journey.line(Reason.AUTH, line, status, hop.mapped()));
    }
}
