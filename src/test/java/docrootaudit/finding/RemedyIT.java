package docrootaudit.finding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import docrootaudit.Root;
import docrootaudit.Seed;
import docrootaudit.access.AclEntry;
import docrootaudit.access.Attributes;
import docrootaudit.access.Inode;
import docrootaudit.access.Mount;
import docrootaudit.access.Names;
import docrootaudit.access.Need;
import docrootaudit.access.PathBytes;
import docrootaudit.access.PathCheck;
import docrootaudit.access.Principal;
import docrootaudit.access.Step;
import docrootaudit.access.Trace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The printed commands do on a real filesystem what the simulation said, and the kernel then grants. */
class RemedyIT {
    private static final int REFUSALS = 600;
    private static final int TENANT = 61033;
    private static final Mount EXT4 = Mount.plain("ext4");

    private Path directory = Path.of("/var/tmp");

    /** One refusal, how it is mended, and what ought to be there then. */
    private record Trial(Path path, Principal who, Attributes before, String command, Attributes after, Need need) {}

    @BeforeEach
    void make() throws IOException, InterruptedException {
        Root.required();
        directory = Files.createTempDirectory(Path.of("/var/tmp"), "remedy");
        bash("chmod 755 " + directory + "; mkdir " + directory + "/root " + directory + "/tenant; chown " + TENANT + ":"
                + TENANT + " " + directory + "/tenant");
    }

    @AfterEach
    void remove() throws IOException, InterruptedException {
        if (directory.getNameCount() > 2) {
            bash("rm -rf " + directory);
        }
    }

    @Test
    void each_command_leaves_the_simulated_attributes_and_the_kernel_grants() throws IOException, InterruptedException {
        long seed = Seed.of("RemedyIT");
        Random random = new Random(seed);
        List<Trial> trials = new ArrayList<>();
        for (int i = 0; trials.size() < REFUSALS; i++) {
            trial(directory.resolve(i % 4 == 0 ? "tenant" : "root").resolve("f" + i), random)
                    .ifPresent(trials::add);
        }
        Map<String, Integer> kinds = new HashMap<>();
        trials.forEach(t -> kinds.merge(kind(t.command()), 1, Integer::sum));
        System.out.println("RemedyIT seed " + seed + ": " + kinds);
        StringBuilder script = new StringBuilder("set -u\n");
        for (Trial trial : trials) {
            script.append(setup(trial))
                    .append(trial.command())
                    .append(" || echo FAILED\n")
                    .append(report(trial));
        }

        String[] blocks = bash(script.toString()).split("@\n");

        assertEquals(trials.size(), blocks.length);
        for (int i = 0; i < blocks.length; i++) {
            assertEquals(expected(trials.get(i)), blocks[i].strip(), trials.get(i)::toString);
        }
        assertTrue(kinds.keySet().containsAll(List.of("setfacl -m u:", "setfacl -m m:", "chmod", "as owner")));
    }

    private static String kind(String command) {
        return command.startsWith("chmod")
                ? "chmod"
                : command.startsWith("setpriv") ? "as owner" : command.replaceAll("^(setfacl (-n -x|-m) .:).*", "$1");
    }

    private Optional<Trial> trial(Path path, Random random) {
        Principal who = Situations.principal(random);
        Attributes what = Situations.attributes(random);
        boolean tenants = path.getParent().endsWith("tenant");
        if (tenants) {
            what = new Attributes(what.type(), what.mode(), TENANT, what.gid(), what.acl());
        }
        Need need = what.isDirectory() ? random.nextBoolean() ? Need.SEARCH : Need.LIST : Need.READ;
        List<Step> steps = new ArrayList<>();
        steps.add(search("/", "d 0755 0:0"));
        steps.add(search("/var", "d 0755 0:0"));
        steps.add(search("/var/tmp", "d 1777 0:0"));
        steps.add(search(directory.toString(), "d 0755 0:0"));
        steps.add(search(path.getParent().toString(), tenants ? "d 0755 61033:61033" : "d 0755 0:0"));
        PathBytes end = PathBytes.of(path.toString());
        steps.add(new Step.Arrive(end, new Inode(what, EXT4, Optional.empty())));
        PathCheck check = new PathCheck(who, true);
        RemedySearch search = new RemedySearch(check, Optional.empty(), Host.ACCOUNTS, Names.NUMERIC, ShellQuote.ASCII);
        Remedies remedies = search.forPath(check.judge(new Trace(end, steps), need));
        if (remedies.fixes().isEmpty()) {
            return Optional.empty();
        }
        String command =
                remedies.fixes().get(random.nextInt(remedies.fixes().size())).command();
        return Optional.of(new Trial(path, who, what, command, Situations.run(command, what), need));
    }

    private static Step search(String path, String line) {
        return new Step.Search(PathBytes.of(path), new Inode(DrawnTree.attributes(line), EXT4, Optional.empty()));
    }

    private static String setup(Trial trial) {
        Attributes what = trial.before();
        StringBuilder script = new StringBuilder(what.isDirectory() ? "mkdir " : "touch ").append(trial.path());
        script.append("; chown ")
                .append(what.uid())
                .append(':')
                .append(what.gid())
                .append(' ')
                .append(trial.path());
        script.append("; chmod ")
                .append(Integer.toOctalString(what.mode()))
                .append(' ')
                .append(trial.path());
        what.posixAcl()
                .ifPresent(acl -> script.append("; setfacl --set ")
                        .append(acl.entries().stream().map(AclEntry::toString).collect(Collectors.joining(",")))
                        .append(' ')
                        .append(trial.path()));
        return script.append('\n').toString();
    }

    private static String report(Trial trial) {
        String test = trial.need() == Need.SEARCH ? "-x" : "-r";
        String groups = trial.who().groups().contains(500) ? "--groups 500" : "--clear-groups";
        return "stat -c '%a %u %g' " + trial.path() + "; getfacl -n -c -p -E " + trial.path()
                + "; setpriv --reuid 33 --regid 33 " + groups + " test " + test + " " + trial.path()
                + " && echo granted; echo @\n";
    }

    private static String expected(Trial trial) {
        Attributes what = trial.after();
        StringBuilder text =
                new StringBuilder(String.format(Locale.ROOT, "%o %d %d\n", what.mode(), what.uid(), what.gid()));
        AclModel.entries(what).forEach(e -> text.append(e).append('\n'));
        return text + "\ngranted";
    }

    @Test
    void a_pipeline_and_a_link_do_what_they_say() throws IOException, InterruptedException {
        Path tenant = directory.resolve("tenant");
        String owner = TENANT + ":" + TENANT;
        bash("cd " + tenant + "; touch a $'b\\nc'; chmod 600 *; chown " + owner
                + " *; chmod 1777 .; ln -s a l; chown -h 5:5 l");
        DrawnTree tree = DrawnTree.tree()
                .has("/var", "d 0755 0:0")
                .has("/var/tmp", "d 1777 0:0")
                .has(directory.toString(), "d 0755 0:0")
                .has(tenant.toString(), "d 1777 " + owner)
                .has(tenant + "/a", "f 0600 " + owner)
                .link(tenant + "/l", "5:5", "a");
        PathCheck check = new PathCheck(Host.WWW_DATA, true);
        RemedySearch search = new RemedySearch(check, Optional.empty(), List.of(), Names.NUMERIC, ShellQuote.ASCII);
        var file = check.judge(tree.trace(tenant + "/a"), Need.READ);
        var link = check.judge(tree.trace(tenant + "/l"), Need.READ);
        String list = "printf '%s\\0' " + tenant + "/a " + tenant + "/$'b\\nc'";

        bash(search.forGroup(file, file.refusals().get(0), list).fixes().get(0).command());
        bash(search.forStep(link, link.refusals().get(0)).fixes().get(0).command());

        String found = bash("cd " + tenant + "; getfacl -n -c a; getfacl -n -c $'b\\nc'; stat -c '%u %N' l");
        assertEquals(2, found.split("user:33:r--", -1).length - 1, found);
        assertTrue(found.endsWith(TENANT + " 'l' -> 'a'\n"), found);
    }

    /** While root pastes, the tenant puts links to other people's files in the place of his directory and his file. */
    @Test
    void a_tenant_who_swaps_links_gains_nothing_outside_his_own_files() throws IOException, InterruptedException {
        Path tenant = directory.resolve("tenant");
        Path victims = directory.resolve("victims");
        String owner = TENANT + ":" + TENANT;
        bash("mkdir " + victims + "; cd " + victims + "; touch f g; chmod 600 f g; chown 1002:1002 g; chmod 755 ."
                + "; cd " + tenant + "; mkdir d; touch d/f; chmod 600 d/f; chown -R " + owner + " d");
        DrawnTree tree = DrawnTree.tree()
                .has("/var", "d 0755 0:0")
                .has("/var/tmp", "d 1777 0:0")
                .has(directory.toString(), "d 0755 0:0")
                .has(tenant.toString(), "d 0755 " + owner)
                .has(tenant + "/d", "d 0755 " + owner)
                .has(tenant + "/d/f", "f 0600 " + owner);
        PathCheck check = new PathCheck(Host.WWW_DATA, true);
        RemedySearch search = new RemedySearch(check, Optional.empty(), List.of(), Names.NUMERIC, ShellQuote.ASCII);
        String command = search.forPath(check.judge(tree.trace(tenant + "/d/f"), Need.READ))
                .fixes()
                .get(0)
                .command();
        String swap =
                "chdir shift; for (1..10000) { rename \"d\", \"real\"; symlink \"../victims\", \"d\"; unlink \"d\";"
                        + " rename \"real\", \"d\"; symlink \"../../victims/\" . ($_ % 2 ? \"f\" : \"g\"), \"d/l\";"
                        + " rename \"d/l\", \"d/f\"; unlink \"d/f\"; open F, \">\", \"d/f\"; close F; }";

        String pasted = bash("setpriv --reuid " + TENANT + " --regid " + TENANT + " --clear-groups perl -e '" + swap
                + "' " + tenant + " & while kill -0 $! 2>/dev/null; do " + command
                + " 2>/dev/null && echo done; done; cd " + victims + "; getfacl -n -c -s f g; stat -c %a f g");

        assertTrue(pasted.startsWith("done\n"), pasted);
        assertEquals("600\n600\n", pasted.replace("done\n", ""));
    }

    private static String bash(String script) throws IOException, InterruptedException {
        Path file = Files.writeString(Files.createTempFile("remedy", ".sh"), script, StandardCharsets.UTF_8);
        try {
            ProcessBuilder bash = new ProcessBuilder("bash", file.toString()).redirectErrorStream(true);
            bash.environment().put("LC_ALL", "C");
            Process process = bash.start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return output;
        } finally {
            Files.delete(file);
        }
    }
}
