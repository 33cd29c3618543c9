package docrootaudit.server.apache;

import docrootaudit.access.Errno;
import docrootaudit.access.FileType;
import docrootaudit.access.Need;
import docrootaudit.access.PathBytes;
import docrootaudit.server.ByteText;
import docrootaudit.server.ConfigSyntaxException;
import docrootaudit.server.Reason;
import docrootaudit.server.Refusal;
import docrootaudit.server.Source;
import docrootaudit.server.Tree;
import java.util.List;
import java.util.Optional;

/** {@code ap_parse_htaccess()} in server/config.c: what a directory's own file says, if it may say anything. */
final class Htaccess {
    private final Hop hop;
    private final Journey journey;
    private final AllowOverride allowed;

    Htaccess(Hop hop, AllowOverride allowed) {
        this.hop = hop;
        this.journey = hop.journey();
        this.allowed = allowed;
    }

    /** What came of it: nothing, what it says, or a status. */
    record Outcome(int status, Optional<DirConfig> config) {}

    private static final Outcome NOTHING = new Outcome(Hop.OK, Optional.empty());

    /** Reads the first of the files that is there. */
    Outcome read(String directory) {
        for (String name : hop.host().accessFiles()) {
            String file = directory + name;
            Tree.Contents contents = journey.tree().read(ByteText.path(file));
            if (contents instanceof Tree.Contents.Read read) {
                return said(directory, ByteText.path(file), read.text());
            } else if (contents instanceof Tree.Contents.Failed failed) {
                boolean absent = failed.errno() == Errno.ENOENT || failed.errno() == Errno.ENOTDIR;
                if (!absent) {
                    return refused(file, failed.errno());
                }
            } else if (contents instanceof Tree.Contents.Withheld withheld) {
                return withheld(file, withheld);
            }
        }
        return NOTHING;
    }

    private Outcome refused(String file, Errno errno) {
        journey.step("htaccess", ByteText.path(file), errno.sentence());
        Refusal refusal = Journey.file(file, Need.READ, errno, 403, hop.mapped());
        boolean itself = journey.lstat(file).isThere() && errno == Errno.EACCES;
        if (itself) {
            refusal = new Refusal(
                    Reason.HTACCESS, refusal.blame(), "", 403, Optional.of(ByteText.path(file)), refusal.meant());
        }
        return new Outcome(hop.refuse(refusal), Optional.empty());
    }

    private Outcome withheld(String file, Tree.Contents.Withheld withheld) {
        if (journey.stat(file).is(FileType.DIRECTORY)) {
            journey.step("htaccess", ByteText.path(file), "no regular file");
            Refusal refusal = Journey.place(Reason.HTACCESS, file, 403, hop.mapped());
            return new Outcome(hop.refuse(refusal), Optional.empty());
        }
        journey.doubt(ByteText.visible(file) + ": " + withheld.why());
        return NOTHING;
    }

    private Outcome said(String directory, PathBytes file, String text) {
        try {
            Definitions definitions = journey.configuration().definitions().copy();
            List<Directive> lines = ConfigReader.readTenants(
                    file,
                    text,
                    definitions,
                    path -> journey.stat(ByteText.of(path)).isThere());
            definitions.doubts().forEach(d -> journey.doubt(d.toString()));
            DirConfig config = Interpreter.htaccess(journey.configuration().modules(), directory, allowed, lines);
            Optional<Directive> provider = config.find("authbasicprovider");
            if (provider.isPresent()
                    && AuthnProvider.unknown(journey.configuration(), provider.get())
                            .isPresent()) {
                throw new BadDirectiveException(
                        provider.get(), "AuthBasicProvider names one that the server does not know");
            }
            return new Outcome(Hop.OK, Optional.of(config));
        } catch (BadDirectiveException e) {
            journey.step("htaccess", e.directive(), e.getMessage());
            return bad(e.source(), e.directive().word());
        } catch (ConfigSyntaxException e) {
            journey.step("htaccess", file, "the server cannot read it");
            return bad(e.source().orElse(new Source(file, 1)), "");
        }
    }

    private Outcome bad(Source source, String rule) {
        Refusal refusal = new Refusal(
                Reason.HTACCESS,
                new Refusal.Blame.Line(source),
                ByteText.visible(rule),
                500,
                hop.mapped(),
                Refusal.Meaning.ACCIDENT);
        return new Outcome(hop.refuse(refusal), Optional.empty());
    }
}
