package docrootaudit.server.log;

import docrootaudit.access.PathBytes;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What one line, or one entry of several, tells. */
public sealed interface LogEvent {
    /** When, in seconds since 1970; empty where the log does not say. */
    OptionalLong second();

    /** Who asked. */
    Visitor visitor();

    /**
     * The visitor, for as long as it takes to count him.
     *
     * @param address as the log has it, without a port; empty if it says nothing
     * @param agent whether he calls himself a program
     */
    record Visitor(String address, Agent agent) {
        static final Visitor UNKNOWN = new Visitor("", Agent.UNKNOWN);

        /** Keeps the address out of messages. */
        @Override
        public String toString() {
            return "Visitor[agent=" + agent + "]";
        }
    }

    /**
     * What was refused, as the words of the log have it.
     *
     * @param symptom its kind
     * @param code the message's number or the rule's id: {@code AH01630}, {@code 949110}; empty where it has none
     * @param text the rule's own message; empty where there is none
     * @param subject the file, directory or socket that is named
     * @param status the status it leads to as a rule
     */
    record What(Symptom symptom, String code, String text, Optional<PathBytes> subject, OptionalInt status) {}

    /**
     * A refusal in an error log, an audit log or the kernel's.
     *
     * @param site the server's name, where the log has it; else empty
     * @param url the path of the URL, where the log has it
     * @param certainty whether the line alone proves a refusal
     */
    record Refused(
            OptionalLong second, Visitor visitor, String site, Optional<PathBytes> url, What what, Certainty certainty)
            implements LogEvent {}

    /** How much a line proves. */
    enum Certainty {
        /** The request was refused. */
        REFUSED,
        /** Something was missing that leads to 403 or to 404: it is a refusal if the access log has 403. */
        IF_ANSWERED_403
    }

    /**
     * An answer of 403 or 401 in an access log.
     *
     * @param site the virtual host, where the format has it; else empty
     * @param url the path of the URL
     * @param witness what it takes to ask again, where the log has that
     */
    record Answered(
            OptionalLong second, Visitor visitor, String site, PathBytes url, int status, Optional<Witness> witness)
            implements LogEvent {}

    /**
     * The same, as it stands in a file.
     *
     * @param only the virtual server that alone writes there; empty where several do, or that is not known
     */
    default LogEvent in(PathBytes file, String only) {
        if (this instanceof Answered line) {
            return new Answered(
                    line.second(),
                    line.visitor(),
                    line.site().isEmpty() ? only : line.site(),
                    line.url(),
                    line.status(),
                    line.witness().map(w -> w.in(file)));
        }
        return this;
    }
}
