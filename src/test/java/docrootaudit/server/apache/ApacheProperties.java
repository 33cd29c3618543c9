package docrootaudit.server.apache;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import docrootaudit.access.PathBytes;
import docrootaudit.server.Address;
import docrootaudit.server.ConfigSyntaxException;
import docrootaudit.server.Mutants;
import docrootaudit.server.Request;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a configuration, a .htaccess or a request holds: an answer or a positioned error, soon. */
class ApacheProperties {
    /** Far more than the slowest takes on a machine that does much else. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final List<String> FIREWALL = List.of("""
            SecRuleEngine On
            SecRule ARGS "@rx (select|union)" "id:1,phase:2,t:lowercase,deny,status:403,chain"
            SecRule REQUEST_HEADERS:User-Agent "@pm a b c" "t:none,t:urlDecodeUni"
            """, """
            SecRule REMOTE_ADDR "@ipMatch 10.0.0.0/8,127.0.0.1" "id:2,phase:1,deny,msg:'x'"
            SecAction "id:3,phase:1,setvar:tx.a=1,nolog,pass"
            SecRule TX:a "@ge 1" "id:4,block"
            SecRuleRemoveById 1-3 4
            """);

    private static final String MODULES = """
            LoadModule authz_core_module x
            LoadModule authz_host_module x
            LoadModule authz_user_module x
            LoadModule authn_core_module x
            LoadModule authn_file_module x
            LoadModule auth_basic_module x
            LoadModule access_compat_module x
            LoadModule alias_module x
            LoadModule dir_module x
            LoadModule mime_module x
            LoadModule negotiation_module x
            LoadModule setenvif_module x
            LoadModule rewrite_module x
            LoadModule macro_module x
            LoadModule security2_module x
            DocumentRoot /www
            <Directory /www>
            AllowOverride All
            Options FollowSymLinks
            </Directory>
            """;
    private static final List<String> WORDS = List.of(
            "<",
            ">",
            "</",
            "\"",
            "'",
            "\\",
            "\n",
            " ",
            "${",
            "}",
            "%{",
            "$1",
            "%1",
            "#",
            "!",
            "-",
            "+",
            "*",
            "[",
            "]",
            "(",
            ")",
            "|",
            "^",
            "$",
            ".",
            "/",
            "//",
            "..",
            "=",
            ",",
            ":",
            "?",
            "&",
            "Directory /www",
            "Directory",
            "Files x",
            "Files",
            "If \"true\"",
            "If",
            "Else",
            "ElseIf",
            "Limit GET",
            "Limit",
            "RequireAll",
            "RequireAny",
            "RequireNone",
            "Require",
            "all",
            "granted",
            "denied",
            "not",
            "ip",
            "127.0.0.1",
            "expr",
            "Options",
            "None",
            "Indexes",
            "MultiViews",
            "RewriteEngine On\n",
            "RewriteRule",
            "RewriteCond",
            "RewriteBase /",
            "[F]",
            "[L,R=301]",
            "[N]",
            "[C]",
            "[S=9]",
            "[E=a:b]",
            "%{REQUEST_FILENAME}",
            "-f",
            "Redirect",
            "RedirectMatch",
            "Alias",
            "AliasMatch",
            "Order",
            "deny,allow",
            "Allow from all",
            "Satisfy Any",
            "SetEnvIf",
            "Host",
            "Define",
            "Macro m $a",
            "Macro",
            "Use m",
            "IfModule",
            "IfDefine",
            "IfVersion >= 2.4",
            "IfFile",
            "VirtualHost *:80",
            "VirtualHost",
            "SecRule",
            "SecRuleEngine On\n",
            "ARGS",
            "@rx",
            "id:1,deny",
            "ErrorDocument 404",
            "FallbackResource /",
            "DirectoryIndex",
            "SetHandler",
            "AuthType Basic\n",
            "AuthName x\n",
            "AuthUserFile /www/p\n",
            "Require valid-user\n",
            "(?R)",
            "(a+)+$",
            "\u00ff",
            "\0",
            "Include conf");

    @Provide
    Arbitrary<String> configurations() {
        Arbitrary<String> words = Arbitraries.of(WORDS);
        return words.list().ofMaxSize(60).map(list -> String.join(" ", list).replace("\n ", "\n"));
    }

    @Provide
    Arbitrary<String> targets() {
        return Arbitraries.of(
                "/",
                "/a",
                "/a/b",
                "/x.html",
                "/%2e%2e/",
                "/a%2fb",
                "/?a=b",
                "/%",
                "//",
                "/a/x.html/y",
                "/\u00ff",
                "*",
                "/" + "a".repeat(300));
    }

    private static Apache load(String text) throws ConfigSyntaxException {
        return Apache.load(
                new MapFiles().with("/etc/conf", text), PathBytes.of("conf"), PathBytes.of("/etc"), Set.of(), Map.of());
    }

    private static void ask(Apache apache, String target, MapTree tree) {
        Request request = new Request(
                Request.Scheme.HTTP,
                Address.parse("127.0.0.1"),
                80,
                Address.parse("127.0.0.1").orElseThrow(),
                "GET",
                target,
                Optional.of("x"),
                List.of(),
                new Request.Visitor.Named("ada"));
        var answer = apache.answer(request, tree, Set.of());
        answer.refusals().forEach(refusal -> apache.edits(refusal, request));
        apache.sites();
        apache.notUnderstood();
    }

    @Property(tries = 1500)
    void a_tenants_file_as_people_write_it_with_a_few_mistakes(@ForAll("mutants") String text) {
        assertTimeoutPreemptively(
                PATIENCE,
                () -> ask(
                        load(MODULES),
                        "/a/x.html?union+select",
                        new MapTree()
                                .with("/www/.htaccess", text)
                                .with("/www/a/.htaccess", text)
                                .with("/www/a/x.html", "x")));
    }

    @Property(tries = 1000)
    void a_configuration_as_people_write_it_with_a_few_mistakes(@ForAll("mutants") String text) {
        assertTimeoutPreemptively(
                PATIENCE, () -> a_configuration_is_read_or_refused_with_its_place("\n" + text, "/a/x.html"));
    }

    @Provide
    Arbitrary<String> mutants() throws IOException {
        List<String> texts = new ArrayList<>(FIREWALL);
        for (Scenario scenario : ApacheAgreesIT.scenarios()) {
            texts.add(scenario.server().replace("@DIR@", "/www"));
            scenario.files().forEach(f -> texts.add(f.text()));
        }
        return Mutants.of(texts.stream().filter(t -> !t.isBlank()).toList());
    }

    @Property(tries = 1500)
    void a_configuration_is_read_or_refused_with_its_place(
            @ForAll("configurations") String text, @ForAll("targets") String target) {
        try {
            ask(
                    load(MODULES + text),
                    target,
                    new MapTree().with("/www/x.html", "x").with("/www/a/x.html", "x"));
        } catch (ConfigSyntaxException e) {
            if (e.source().isEmpty()) {
                throw new AssertionError("no place: " + e.getMessage(), e);
            }
        }
    }

    @Property(tries = 1500)
    void whatever_stands_in_a_tenants_file_the_server_answers(
            @ForAll("configurations") String text, @ForAll("targets") String target) throws Exception {
        ask(
                load(MODULES),
                target,
                new MapTree()
                        .with("/www/.htaccess", text)
                        .with("/www/x.html", "x")
                        .with("/www/a/x.html", "x"));
    }
}
