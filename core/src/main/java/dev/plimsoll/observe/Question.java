package dev.plimsoll.observe;

import java.util.List;

/// Something to ask one container, as data: a runtime puts the question, a probe reads the answer.
public sealed interface Question {
    /// A query that gives one row with one column, as a superuser of the database server, in the server's own or the
    /// named database.
    ///
    /// @param database empty for the server's own
    record Sql(String database, String statement) implements Question {}

    /// A Redis command; the answer has one line for each element, nested lists written out flat.
    record Redis(List<String> words) implements Question {
        public Redis {
            words = List.copyOf(words);
        }
    }

    /// A command of PgBouncer's administration console such as `SHOW POOLS`; the answer is CSV with a header.
    record PoolerConsole(String statement) implements Question {}

    /// An HTTP GET inside the stack; answered with the body of a 2xx reply.
    record Http(int port, String path) implements Question {}

    /// The text of a file in the container.
    record FileText(String path) implements Question {}

    /// What came back.
    sealed interface Answer {
        record Text(String text) implements Answer {}

        /// @param why one line
        /// @param silent whether there was somebody to ask who said nothing in good time; others refused, or could not
        /// be asked
        record None(String why, boolean silent) implements Answer {
            public None(String why) {
                this(why, false);
            }

            public static None ofSilence(String why) {
                return new None(why, true);
            }
        }
    }
}
