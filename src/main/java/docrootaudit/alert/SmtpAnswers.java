package docrootaudit.alert;

import docrootaudit.report.Visible;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;

/**
 * What became of a mail that the server did not take.
 *
 * <p>For good it is refused by a 5xx to its sender, its recipient or itself. A 5xx to the greeting or to a login
 * (RFC 4954) is about this client: once its settings are mended, the mail is as good as before.
 *
 * @param settings of the server
 */
record SmtpAnswers(MailSettings settings) {
    private static final int LONGEST = 400;
    private static final Set<Integer> ABOUT_LOGIN = Set.of(530, 534, 535, 538);

    Delivery of(MessagingException failure) {
        List<Throwable> chain = chain(failure);
        for (Throwable one : chain) {
            OptionalInt code = code(one);
            if (code.isPresent()) {
                String answer = line(one.getMessage());
                boolean never = code.getAsInt() / 100 == 5 && !ABOUT_LOGIN.contains(code.getAsInt());
                return never ? new Delivery.Never(answer) : new Delivery.Later(answer);
            }
        }
        return new Delivery.Later(line(sentence(failure, chain)));
    }

    private String sentence(MessagingException failure, List<Throwable> chain) {
        String server = settings.host() + ":" + settings.effectivePort();
        Optional<String> certificate = chain.stream()
                .flatMap(one -> Certificates.complaint(one).stream())
                .findFirst();
        if (certificate.isPresent()) {
            return server + ": " + certificate.get();
        }
        for (Throwable one : chain) {
            if (one instanceof AuthenticationFailedException) {
                return server + ": the login failed: " + one.getMessage();
            } else if (one instanceof UnknownHostException) {
                return server + ": there is no host of that name";
            } else if (one instanceof SocketTimeoutException) {
                return server + ": no answer in time: " + one.getMessage();
            } else if (one instanceof ConnectException) {
                return server + ": " + one.getMessage();
            }
        }
        Throwable last = chain.get(chain.size() - 1);
        String more = last == failure || last.getMessage() == null ? "" : ": " + last.getMessage();
        return server + ": " + failure.getMessage() + more;
    }

    private static OptionalInt code(Throwable failure) {
        if (failure instanceof SMTPAddressFailedException address) {
            return OptionalInt.of(address.getReturnCode());
        } else if (failure instanceof SMTPSenderFailedException sender) {
            return OptionalInt.of(sender.getReturnCode());
        } else if (failure instanceof SMTPSendFailedException send) {
            return OptionalInt.of(send.getReturnCode());
        }
        return OptionalInt.empty();
    }

    /** A failure, what caused it and what is chained to it. */
    private static List<Throwable> chain(Throwable failure) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Throwable> chain = new ArrayList<>();
        List<Throwable> next = new ArrayList<>(List.of(failure));
        while (!next.isEmpty()) {
            Throwable one = next.remove(0);
            if (seen.add(one)) {
                chain.add(one);
                if (one instanceof MessagingException mail && mail.getNextException() != null) {
                    next.add(mail.getNextException());
                }
                if (one.getCause() != null) {
                    next.add(one.getCause());
                }
            }
        }
        return chain;
    }

    /** One line of what somebody else said, fit to be shown. */
    static String line(String text) {
        String line = Visible.text(String.valueOf(text).strip().replaceAll("[\\r\\n\\t ]+", " "));
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }
}
