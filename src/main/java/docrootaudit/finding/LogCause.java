package docrootaudit.finding;

import docrootaudit.access.PathBytes;
import docrootaudit.access.PathVerdict;
import docrootaudit.server.log.Crowd;
import docrootaudit.server.log.Symptom;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One thing that refused visitors, as logs tell it, and what stands behind it now.
 *
 * @param id the cause's own where it is explained, as scans call it; else one that only logs have
 * @param symptom what the logs say
 * @param code the message's number or the rule's id; else empty
 * @param text the firewall's or kernel's own words; else empty
 * @param status what was answered, where the logs say
 * @param site the virtual host, where only the URL tells what it is about; else empty
 * @param path what is to blame: the inode that refuses, else the file or directory that the logs name
 * @param url the path of the URL, where no file is known
 * @param places how many files or URLs it stands for
 * @param why the file system's own answer about one of them, as it is now
 * @param forecast what the server's configuration has it answer now to one of the requests
 * @param crowd whom it refused
 */
public record LogCause(
        String id,
        Symptom symptom,
        String code,
        String text,
        OptionalInt status,
        String site,
        Optional<PathBytes> path,
        Optional<PathBytes> url,
        int places,
        Optional<Explanation> why,
        Optional<Forecast> forecast,
        Crowd crowd) {
    /** What is answered to a refusal of which the error log tells and no status with it. */
    private static final int FORBIDDEN = 403;

    /** The refusal that the file system would answer now. */
    public Optional<Cause> cause() {
        return why.filter(w -> w.answer() == PathVerdict.Answer.DENIED)
                .flatMap(w -> w.causes().stream().findFirst());
    }

    /** What the configuration says of it, where the file system refuses nothing and the log nothing else. */
    public Optional<UrlCause> rule() {
        return cause().isPresent()
                ? Optional.empty()
                : forecast.flatMap(f -> f.causeOf(status.orElse(FORBIDDEN))).filter(r -> agrees(r.kind()));
    }

    private boolean agrees(CauseKind kind) {
        return switch (symptom) {
            case UNEXPLAINED -> true;
            case DENY_RULE ->
                kind == CauseKind.DENY_RULE
                        || kind == CauseKind.IP
                        || kind == CauseKind.REWRITE
                        || kind == CauseKind.EXECUTE;
            case AUTH -> kind == CauseKind.AUTH || kind == CauseKind.UPSTREAM;
            // the file system as the worker has it, with groups and mounts of its own
            case PERMISSION, HTACCESS ->
                kind.family() == CauseKind.Family.PERMISSION || kind.family() == CauseKind.Family.PROCESS;
            default -> kind.word().equals(symptom.word());
        };
    }

    /** The same by this name. */
    public LogCause called(String name) {
        return new LogCause(name, symptom, code, text, status, site, path, url, places, why, forecast, crowd);
    }

    /** The cause's name in the documents; empty where nothing is known but that it was refused. */
    public Optional<String> word() {
        Optional<String> known = cause().map(c -> c.kind().word())
                .or(() -> rule().map(r -> r.kind().word()));
        return known.isPresent() || symptom == Symptom.UNEXPLAINED ? known : Optional.of(symptom.word());
    }

    /** What mends it; nothing where nothing refuses any more. */
    public Remedies remedies() {
        return cause().flatMap(c -> why.map(Explanation::remedies))
                .or(() -> rule().flatMap(r -> forecast.map(Forecast::remedies)))
                .orElse(Remedies.NONE);
    }

    /** Whether neither a line of an error log nor the configuration tells why. */
    public boolean isUnexplained() {
        return symptom == Symptom.UNEXPLAINED && rule().isEmpty();
    }

    /** Whether a rule refuses it on purpose. */
    public boolean isIntended() {
        return rule().isPresent() && forecast.map(Forecast::intended).orElse(false);
    }

    /** Whether credentials were asked for, which is how a login begins. */
    public boolean isChallenge() {
        return status.isPresent() && status.getAsInt() == 401;
    }
}
