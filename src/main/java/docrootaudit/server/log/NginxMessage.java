package docrootaudit.server.log;

import docrootaudit.access.PathBytes;
import docrootaudit.server.ByteText;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a message of nginx's error log says, without what stands around it.
 *
 * @param certainty whether it can only be a refusal
 */
record NginxMessage(LogEvent.What what, LogEvent.Certainty certainty) {
    /** The refusal, if the message is one. */
    static Optional<NginxMessage> of(String message) {
        if (message.equals("access forbidden by rule")) {
            return certain(Symptom.DENY_RULE, Optional.empty(), 403);
        } else if (message.startsWith("directory index of \"") && message.endsWith("\" is forbidden")) {
            return certain(Symptom.MISSING_INDEX, quoted(message, "\" is forbidden"), 403);
        } else if (message.startsWith("\"") && message.contains("\" is forbidden (13: ")) {
            // an index (ngx_http_index_error)
            return certain(Symptom.PERMISSION, quoted(message, "\" is forbidden (13: "), 403);
        } else if (message.startsWith("no user/password was provided")
                || (message.startsWith("user \"")
                        && (message.endsWith("\": password mismatch") || message.contains("\" was not found in \"")))) {
            return certain(Symptom.AUTH, Optional.empty(), 401);
        } else if (message.startsWith("auth request unexpected status: 403")) {
            return certain(Symptom.AUTH, Optional.empty(), 403);
        } else if (message.startsWith("FastCGI sent in stderr:") && message.contains("security.limit_extensions")) {
            return certain(Symptom.UPSTREAM, Optional.empty(), 403);
        }
        Optional<NginxMessage> firewall =
                ModSecurityMessage.refusal(message).map(w -> new NginxMessage(w, LogEvent.Certainty.REFUSED));
        return firewall.isPresent() ? firewall : failedCall(message);
    }

    /** {@code open() "/path" failed (13: Permission denied)}, and the connection to a socket. */
    private static Optional<NginxMessage> failedCall(String message) {
        int call = message.indexOf("() ");
        if (call <= 0 || message.lastIndexOf(' ', call) >= 0) {
            return Optional.empty();
        }
        String object = message.substring(call + 3);
        if (object.startsWith("to unix:")) {
            int end = object.indexOf(" failed (13: ");
            return end < 0
                    ? Optional.empty()
                    : certain(
                            Symptom.PERMISSION,
                            Optional.of(ByteText.path(object.substring("to unix:".length(), end))),
                            OptionalInt.of(502));
        }
        int end = object.lastIndexOf("\" failed (");
        if (end < 1 || object.charAt(0) != '"') {
            return Optional.empty();
        }
        Optional<PathBytes> path = Optional.of(ByteText.path(object.substring(1, end)));
        String error = object.substring(end + "\" failed (".length());
        if (error.startsWith("13: ")) {
            return certain(Symptom.PERMISSION, path, OptionalInt.empty());
        } else if (error.startsWith("40: ")) {
            return certain(Symptom.SYMLINK, path, OptionalInt.of(403));
        } else if (error.startsWith("2: ")) {
            // a password file that is not there answers 403 (ngx_http_auth_basic_handler)
            return Optional.of(new NginxMessage(
                    new LogEvent.What(Symptom.AUTH, "", "", path, OptionalInt.of(403)),
                    LogEvent.Certainty.IF_ANSWERED_403));
        }
        return Optional.empty();
    }

    private static Optional<NginxMessage> certain(Symptom symptom, Optional<PathBytes> subject, int status) {
        return certain(symptom, subject, OptionalInt.of(status));
    }

    private static Optional<NginxMessage> certain(Symptom symptom, Optional<PathBytes> subject, OptionalInt status) {
        return Optional.of(
                new NginxMessage(new LogEvent.What(symptom, "", "", subject, status), LogEvent.Certainty.REFUSED));
    }

    /** What stands between the first quote and an ending. */
    private static Optional<PathBytes> quoted(String message, String end) {
        int open = message.indexOf('"') + 1;
        int close = message.lastIndexOf(end);
        return close <= open ? Optional.empty() : Optional.of(ByteText.path(message.substring(open, close)));
    }
}
