package dev.plimsoll.dockerfile;

import java.util.List;

/// One instruction of a Dockerfile, continued lines joined.
///
/// @param keyword in upper case
/// @param arguments the rest, without blanks around it
/// @param line where it begins, 1 for the first
/// @param heredoc the lines after it that belong to it
record Instruction(String keyword, String arguments, int line, List<String> heredoc) {
    Instruction {
        heredoc = List.copyOf(heredoc);
    }
}
