package docrootaudit.server.log;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * What ModSecurity, version 2 or 3, says of a rule that fired. Of it the id and the rule's own message are taken: what
 * matched is a visitor's.
 */
final class ModSecurityMessage {
    private static final String DENIED = "Access denied with code ";
    private static final int LONGEST = 200;

    private ModSecurityMessage() {}

    /** The refusal, if it is one; the message may stand behind words of the server. */
    static Optional<LogEvent.What> refusal(String message) {
        int start = message.startsWith(DENIED) ? 0 : message.indexOf("ModSecurity: " + DENIED);
        if (start < 0) {
            return Optional.empty();
        }
        int code = message.indexOf(DENIED, start) + DENIED.length();
        if (message.length() < code + 3) {
            return Optional.empty();
        }
        OptionalInt status = AccessFormat.status(message, code);
        return Optional.of(
                new LogEvent.What(Symptom.WAF, tag(message, "id"), tag(message, "msg"), Optional.empty(), status));
    }

    /** A tag, {@code [id "4711"]}, at its last place: what matched stands before the tags. Empty if there is none. */
    static String tag(String message, String name) {
        String open = "[" + name + " \"";
        int start = message.lastIndexOf(open);
        if (start < 0) {
            return "";
        }
        start += open.length();
        int end = message.indexOf("\"]", start);
        if (end < 0) {
            return "";
        }
        // escaped once or more on the way here
        return message.substring(start, Math.min(end, start + LONGEST)).replace("\\", "");
    }
}
