package docrootaudit.server.apache;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The directives of httpd 2.4 and the modules usual with it: whose they are, what they take, where they may stand. */
final class DirectiveTable {
    private static final Map<String, Known> KNOWN = read();
    private static final Set<String> MODULES = modules();

    /** Modules of which nothing changes a status that is decided by files and rules: logs, filters, pools, ciphers. */
    private static final Set<String> HARMLESS_MODULES = Set.of(
            "mod_log_config",
            "mod_logio",
            "mod_log_debug",
            "mod_log_forensic",
            "mod_deflate",
            "mod_brotli",
            "mod_expires",
            "mod_filter",
            "mod_unixd",
            "mpm",
            "mod_reqtimeout",
            "mod_http2",
            "mod_md",
            "mod_usertrack",
            "mod_ident",
            "mod_heartmonitor",
            "mod_heartbeat",
            "mod_watchdog",
            "mod_cgid",
            "mod_cgi",
            "mod_include",
            "mod_autoindex",
            "mod_mime_magic",
            "mod_charset_lite",
            "mod_xml2enc",
            "mod_proxy_html",
            "mod_substitute",
            "mod_sed",
            "mod_socache_redis",
            "mod_socache_memcache",
            "mod_buffer",
            "mod_headers",
            "mod_so",
            "mod_dbd",
            "mod_proxy_hcheck",
            "mod_proxy_ftp",
            "mod_proxy_scgi",
            "mod_proxy_connect",
            "mod_proxy_wstunnel",
            "mod_request",
            "mod_ldap",
            "mod_cache_socache",
            "mod_cache_disk",
            "mod_status",
            "mod_info",
            "mod_php",
            "mod_file_cache",
            "mod_reflector",
            "mod_session_cookie",
            "mod_session_dbd",
            "mod_session_crypto",
            "mod_authnz_ldap",
            "mod_authn_dbm",
            "mod_authn_dbd",
            "mod_authz_dbm",
            "mod_authz_dbd",
            "mod_authn_socache",
            "mod_auth_digest",
            "mod_auth_form",
            "mod_authn_anon",
            "mod_authnz_fcgi",
            "mod_authn_core",
            "mod_proxy",
            "mod_proxy_fcgi",
            "mod_negotiation",
            "mod_mime",
            "mod_session",
            "mod_ext_filter",
            "mod_imagemap",
            "mod_remoteip",
            "mod_rewrite",
            "mod_macro",
            "mod_version",
            "mod_setenvif",
            "mod_suexec",
            "mpm_itk",
            "mod_cern_meta",
            "mod_cache",
            "mod_dav",
            "mod_dav_fs",
            "mod_dav_lock",
            "mod_privileges",
            "mod_proxy_express",
            "mod_evasive20", // it counts requests: one is never too many
            "mod_lbmethod_heartbeat");

    /**
     * A directive.
     *
     * @param module the source file without its ending; {@code core} for the core
     * @param arguments as ap_config.h names them: TAKE1, FLAG …
     * @param where the classes of {@code AllowOverride} that let it into .htaccess; empty if it may not stand there
     */
    record Known(String name, String module, String arguments, Set<OverrideClass> where) {
        /** Whether it cannot change what is answered to a request that rules and files decide. */
        boolean isHarmless() {
            return HARMLESS_MODULES.contains(module) || module.equals("core") || module.equals("mod_ssl");
        }
    }

    private DirectiveTable() {}

    /** The directive of that name; a section's begins with {@code <}. */
    static Optional<Known> find(String key) {
        return Optional.ofNullable(KNOWN.get(key.toLowerCase(Locale.ROOT)));
    }

    /** Whether anything is known of the module at all. */
    static boolean knowsModule(String module) {
        return MODULES.contains(module);
    }

    /** What is wrong with how many arguments there are, as {@code invoke_cmd()} in server/config.c asks; or nothing. */
    static Optional<String> argumentProblem(Known known, Directive directive) {
        int n = directive.words().size();
        boolean right = switch (known.arguments()) {
            case "NO_ARGS" -> n == 0;
            case "TAKE1" -> n == 1;
            case "TAKE2" -> n == 2;
            case "TAKE3" -> n == 3;
            case "TAKE12" -> n == 1 || n == 2;
            case "TAKE23" -> n == 2 || n == 3;
            case "TAKE13" -> n == 1 || n == 3;
            case "TAKE123" -> n >= 1 && n <= 3;
            case "ITERATE" -> n >= 1;
            case "ITERATE2" -> n >= 2;
            case "FLAG" ->
                n == 1
                        && (directive.first().equalsIgnoreCase("on")
                                || directive.first().equalsIgnoreCase("off"));
            default -> true;
        };
        if (right) {
            return Optional.empty();
        }
        return Optional.of(
                known.arguments().equals("FLAG")
                        ? known.name() + " must be On or Off"
                        : known.name() + " has a wrong number of arguments");
    }

    private static Map<String, Known> read() {
        Map<String, Known> known = new HashMap<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                DirectiveTable.class.getResourceAsStream("directives.txt"), StandardCharsets.US_ASCII))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.startsWith("#")) {
                    String[] fields = line.split(" ");
                    known.put(
                            fields[0].toLowerCase(Locale.ROOT),
                            new Known(fields[0], fields[1], fields[2], classes(fields[3])));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return known;
    }

    private static Set<OverrideClass> classes(String field) {
        if (field.equals("All")) {
            return OverrideClass.all();
        }
        Set<OverrideClass> classes = EnumSet.noneOf(OverrideClass.class);
        List<String> words = Arrays.asList(field.split(","));
        words.forEach(word -> OverrideClass.of(word).ifPresent(classes::add));
        return classes;
    }

    private static Set<String> modules() {
        Set<String> modules = new HashSet<>();
        KNOWN.values().forEach(k -> modules.add(k.module()));
        // without directives of their own, or with those of their kin
        modules.addAll(List.of(
                "mod_authz_host",
                "mod_authz_user",
                "mod_authz_owner",
                "mod_asis",
                "mod_status",
                "mod_unique_id",
                "mod_proxy_http",
                "mod_proxy_http2",
                "mod_proxy_ajp",
                "mod_proxy_uwsgi",
                "mod_proxy_fdpass",
                "mod_proxy_balancer",
                "mod_lbmethod_byrequests",
                "mod_lbmethod_bytraffic",
                "mod_lbmethod_bybusyness",
                "mod_slotmem_shm",
                "mod_slotmem_plain",
                "mod_socache_shmcb",
                "mod_socache_dbm",
                "mod_ratelimit",
                "mod_data",
                "mod_dumpio",
                "mod_info",
                "mpm_event",
                "mpm_worker",
                "mpm_prefork",
                "mod_cgi"));
        return modules;
    }
}
