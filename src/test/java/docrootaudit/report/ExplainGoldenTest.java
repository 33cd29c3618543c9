package docrootaudit.report;

import static docrootaudit.report.Scans.path;

import docrootaudit.access.Acl;
import docrootaudit.access.AclEntry;
import docrootaudit.access.Attributes;
import docrootaudit.access.Errno;
import docrootaudit.access.FileType;
import docrootaudit.access.Inode;
import docrootaudit.access.Mount;
import docrootaudit.access.Need;
import docrootaudit.access.PathBytes;
import docrootaudit.access.PathCheck;
import docrootaudit.access.PathVerdict;
import docrootaudit.access.PosixAcl;
import docrootaudit.access.Step;
import docrootaudit.access.Trace;
import docrootaudit.finding.Diagnosis;
import docrootaudit.finding.Explanation;
import docrootaudit.finding.Remedies;
import docrootaudit.finding.Remedy;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExplainGoldenTest {
    private static final Inode OPEN = inode(FileType.DIRECTORY, 0755, 0, 0);
    private static final Inode CLOSED = inode(FileType.DIRECTORY, 0700, 1000, 100);

    static final Remedies FIXES = new Remedies(
            List.of(
                    new Remedy("setfacl -m u:www-data:x /srv/www/shop", "", 1),
                    new Remedy("chmod o+x /srv/www/shop", "lets every local user search this directory", 24)),
            Optional.empty());

    @ParameterizedTest
    @EnumSource(Format.class)
    void a_closed_directory_in_every_format(Format format) throws IOException {
        expect("explain-closed", format, closed(FIXES));
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void a_path_that_is_open_in_every_format(Format format) throws IOException {
        expect(
                "explain-open",
                format,
                explain(
                        "/srv/index.html",
                        List.of(),
                        new Step.Search(PathBytes.ROOT, OPEN),
                        search("/srv", OPEN),
                        new Step.Arrive(path("/srv/index.html"), inode(FileType.REGULAR, 0644, 1000, 100))));
    }

    @ParameterizedTest
    @EnumSource(
            value = Format.class,
            names = {"TEXT", "JSON"})
    void links_are_followed_and_an_ACL_decides(Format format) throws IOException {
        Inode masked = new Inode(
                new Attributes(FileType.DIRECTORY, 0700, 1000, 100, Optional.of(acl())),
                Mount.plain("ext4"),
                Optional.empty());
        Inode link = inode(FileType.SYMLINK, 0777, 0, 0);
        expect(
                "explain-acl-behind-links",
                format,
                explain(
                        "/srv/app/current/index.html",
                        List.of(),
                        new Step.Search(PathBytes.ROOT, OPEN),
                        search("/srv", OPEN),
                        search("/srv/app", OPEN),
                        new Step.Follow(path("/srv/app/current"), link, OPEN, path("releases/5"), false),
                        search("/srv/app", OPEN),
                        search("/srv/app/releases", OPEN),
                        new Step.Follow(path("/srv/app/releases/5"), link, OPEN, path("/data/r5"), false),
                        new Step.Search(PathBytes.ROOT, OPEN),
                        search("/data", OPEN),
                        search("/data/r5", masked),
                        new Step.Arrive(path("/data/r5/index.html"), inode(FileType.REGULAR, 0644, 1000, 100))));
    }

    @ParameterizedTest
    @EnumSource(
            value = Format.class,
            names = {"TEXT", "JSON"})
    void what_is_not_there_is_not_there_for_anybody(Format format) throws IOException {
        expect(
                "explain-missing",
                format,
                explain(
                        "/srv/nothing",
                        List.of(),
                        new Step.Search(PathBytes.ROOT, OPEN),
                        search("/srv", OPEN),
                        new Step.Stop(path("/srv/nothing"), Errno.ENOENT)));
    }

    @ParameterizedTest
    @EnumSource(
            value = Format.class,
            names = {"TEXT", "JSON"})
    void what_nobody_can_tell_is_said_with_its_reason(Format format) throws IOException {
        String why = "NFS: the server maps users and decides by itself, whatever is seen here";
        Mount nfs = new Mount("nfs4", path("/nas"), false, false, Optional.of(why));
        Inode far = new Inode(OPEN.attributes(), nfs, Optional.empty());
        expect(
                "explain-uncertain",
                format,
                explain(
                        "/nas/a",
                        List.of(why),
                        new Step.Search(PathBytes.ROOT, OPEN),
                        search("/nas", far),
                        new Step.Arrive(path("/nas/a"), inode(FileType.REGULAR, 0644, 1000, 100))));
    }

    @Test
    void a_setting_of_the_kernel_and_a_mount_are_no_permissions() throws IOException {
        Inode tmp = inode(FileType.DIRECTORY, 01777, 0, 0);
        expect(
                "explain-protected-link",
                Format.TEXT,
                explain(
                        "/tmp/link",
                        List.of(),
                        new Step.Search(PathBytes.ROOT, OPEN),
                        search("/tmp", tmp),
                        new Step.Follow(
                                path("/tmp/link"), inode(FileType.SYMLINK, 0777, 1000, 100), tmp, path("x"), true),
                        new Step.Arrive(path("/tmp/x"), inode(FileType.REGULAR, 0644, 0, 0))));
    }

    @Test
    void what_is_closed_on_purpose_stays_closed() throws IOException {
        Explanation it = closed(Remedies.NONE);
        expect(
                "explain-intended",
                Format.TEXT,
                new Explanation(
                        it.identity(), it.verdict(), it.answer(), it.causes(), it.remedies(), true, it.uncertain()));
    }

    @Test
    void advice_stands_where_no_command_helps() throws IOException {
        expect(
                "explain-advice",
                Format.TEXT,
                closed(Remedies.advice(
                        "No command is safe to run as root: kim can replace /srv/www/shop while root works on it; ask kim to run"
                                + " setfacl -m u:www-data:x  on it.")));
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void an_error_has_a_form_in_every_format(Format format) throws IOException {
        new Golden("error")
                .expect(file(format), out -> Scans.REPORTS.error("no account \u001b[31mmallory", format, out));
    }

    static Explanation closed(Remedies remedies) {
        Explanation it = explain(
                "/srv/www/shop/index.html",
                List.of(),
                new Step.Search(PathBytes.ROOT, OPEN),
                search("/srv", OPEN),
                search("/srv/www", OPEN),
                search("/srv/www/shop", CLOSED),
                new Step.Arrive(path("/srv/www/shop/index.html"), inode(FileType.REGULAR, 0600, 1000, 100)));
        return new Explanation(it.identity(), it.verdict(), it.answer(), it.causes(), remedies, false, it.uncertain());
    }

    private static Explanation explain(String asked, List<String> uncertain, Step... steps) {
        PathVerdict verdict = new PathCheck(Scans.WWW_DATA.principal(), true)
                .judge(new Trace(path(asked), List.of(steps)), Need.READ);
        return new Explanation(
                Scans.WWW_DATA,
                verdict,
                verdict.answer(),
                new Diagnosis(Scans.WWW_DATA.principal(), Scans.accounts()).causes(verdict),
                Remedies.NONE,
                false,
                uncertain);
    }

    private static Step search(String path, Inode inode) {
        return new Step.Search(path(path), inode);
    }

    private static Acl acl() {
        return new PosixAcl(List.of(
                AclEntry.of(AclEntry.Tag.OWNER, 7),
                AclEntry.user(33, 5),
                AclEntry.user((int) 4000000001L, 5),
                AclEntry.of(AclEntry.Tag.OWNING_GROUP, 5),
                AclEntry.of(AclEntry.Tag.MASK, 0),
                AclEntry.of(AclEntry.Tag.OTHER, 0)));
    }

    private static Inode inode(FileType type, int mode, int uid, int gid) {
        return new Inode(new Attributes(type, mode, uid, gid, Optional.empty()), Mount.plain("ext4"), Optional.empty());
    }

    private static void expect(String behaviour, Format format, Explanation explanation) throws IOException {
        new Golden(behaviour).expect(file(format), out -> Scans.REPORTS.explain(explanation, format, out));
    }

    private static String file(Format format) {
        return "expected." + (format == Format.TEXT ? "txt" : format.word());
    }
}
