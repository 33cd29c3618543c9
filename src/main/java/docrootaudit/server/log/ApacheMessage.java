package docrootaudit.server.log;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The messages by which Apache refuses, by their numbers (docs/log-message-tags in its source), each with what it names.
 *
 * @param symptom what it says
 * @param status what is answered
 * @param names what the name in it is
 * @param before the words before the name; the last place where they stand
 * @param behind the words behind it; empty: the name goes on to the end
 */
record ApacheMessage(Symptom symptom, int status, Names names, String before, String behind) {
    /** What a message names. */
    enum Names {
        FILE,
        URL,
        NOTHING
    }

    private static final Map<String, ApacheMessage> ALL = new HashMap<>();

    static {
        // server/request.c
        file("AH00035", Symptom.PERMISSION, "(filesystem path '", "') because");
        file("AH00037", Symptom.SYMLINK, "not accessible: ", "");
        // server/core.c
        file("AH00132", Symptom.PERMISSION, "deny server access: ", "");
        // server/config.c
        file("AH00529", Symptom.HTACCESS, "", " pcfg_openfile: ");
        // mod_rewrite.c
        file("AH00670", Symptom.REWRITE, "directory restrictions : ", "");
        // mod_autoindex.c
        file("AH01276", Symptom.MISSING_INDEX, "Cannot serve directory ", ": No matching DirectoryIndex");
        // mod_authz_core.c, mod_access_compat.c
        file("AH01630", Symptom.DENY_RULE, "server configuration: ", "");
        file("AH01797", Symptom.DENY_RULE, "server configuration: ", "");
        // cgi_common.h, mod_cgi.c, mod_cgid.c: log_scripterror with HTTP_FORBIDDEN
        for (String code : new String[] {"AH01262", "AH01263", "AH01265", "AH02809", "AH02810", "AH02812"}) {
            file(code, Symptom.DENY_RULE, "stderr from ", ": ");
        }
        // ssl_engine_kernel.c: SSLRequireSSL, SSLRequire
        url("AH02219", Symptom.DENY_RULE, 403, "access to ", " failed, reason:");
        url("AH02228", Symptom.DENY_RULE, 403, "access to ", " failed, reason:");
        url("AH02266", Symptom.DENY_RULE, 403, "access to ", " failed, reason:");
        // mod_auth_basic.c, mod_auth_digest.c, mod_authz_core.c
        url("AH01614", Symptom.AUTH, 401, "authentication scheme: ", "");
        url("AH01617", Symptom.AUTH, 401, "authentication failure for \"", "\": Password Mismatch");
        url("AH01618", Symptom.AUTH, 401, " not found: ", "");
        url("AH01631", Symptom.AUTH, 401, "authorization failure for \"", "\":");
        url("AH01790", Symptom.AUTH, 401, "not found in realm", "");
        url("AH01792", Symptom.AUTH, 401, "password mismatch: ", "");
        // mod_authn_file.c, mod_authz_groupfile.c
        ALL.put("AH01620", new ApacheMessage(Symptom.AUTH, 500, Names.FILE, "Could not open password file: ", ""));
        ALL.put("AH01664", new ApacheMessage(Symptom.AUTH, 500, Names.FILE, "Could not open group file: ", ""));
    }

    private static void file(String code, Symptom symptom, String before, String behind) {
        ALL.put(code, new ApacheMessage(symptom, 403, Names.FILE, before, behind));
    }

    private static void url(String code, Symptom symptom, int status, String before, String behind) {
        ALL.put(code, new ApacheMessage(symptom, status, Names.URL, before, behind));
    }

    /**
     * The message of a number.
     *
     * @param text what follows the number
     * @param denied whether the kernel's answer was error number 13
     */
    static Optional<ApacheMessage> of(String code, String text, boolean denied) {
        ApacheMessage known = ALL.get(code);
        if (known != null) {
            return Optional.of(known);
        }
        if (code.equals("AH01071") && text.contains("security.limit_extensions")) {
            return Optional.of(new ApacheMessage(Symptom.UPSTREAM, 403, Names.NOTHING, "", ""));
        } else if (denied && code.equals("AH02454")) {
            // mod_proxy_fcgi and mod_proxy: the socket of PHP-FPM
            return Optional.of(new ApacheMessage(Symptom.PERMISSION, 503, Names.FILE, "Unix domain socket ", " ("));
        } else if (denied && text.contains("(filesystem path '")) {
            return Optional.of(new ApacheMessage(Symptom.PERMISSION, 403, Names.FILE, "(filesystem path '", "')"));
        } else if (denied) {
            return Optional.of(new ApacheMessage(Symptom.PERMISSION, 403, Names.FILE, ": /", ""));
        }
        return Optional.empty();
    }

    /** The name in such a message, as it is written there. */
    Optional<String> name(String text) {
        int found = names == Names.URL ? text.lastIndexOf(before) : text.indexOf(before);
        if (names == Names.NOTHING || found < 0) {
            return Optional.empty();
        }
        int start = found + before.length() - (before.endsWith("/") ? 1 : 0);
        int end = behind.isEmpty() ? text.length() : text.lastIndexOf(behind);
        return end <= start ? Optional.empty() : Optional.of(text.substring(start, end));
    }
}
