package dev.duckpond.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Writes the completion script of one shell. */
enum CompletionScript {
  BASH {
    @Override
    String write(CompletionModel model) {
      return """
      # Completion of pond for bash. Load it with: source <(pond completion bash)
      _pond() {
        local word="${COMP_WORDS[COMP_CWORD]}" before="" command="" i
        [ "$COMP_CWORD" -gt 0 ] && before="${COMP_WORDS[COMP_CWORD-1]}"
        for ((i = 1; i < COMP_CWORD; i++)); do
          case "${COMP_WORDS[i]}" in
            @VALUES@) i=$((i + 1)) ;;
            -*) ;;
            *) command="${COMP_WORDS[i]}"; break ;;
          esac
        done
        case "$before" in
      @CHOICES@
        esac
        if [ -z "$command" ]; then
          COMPREPLY=($(compgen -W '@COMMANDS@' -- "$word"))
          return
        fi
        case "$command" in
      @OPTIONS@
        esac
        if [ "${#COMPREPLY[@]}" -eq 0 ]; then
          COMPREPLY=($(compgen -f -- "$word"))
        fi
      }
      complete -o filenames -F _pond pond
      """
          .replace(
              "@VALUES@",
              String.join("|", CommonOptions.LEADING_WITH_VALUE.stream().sorted().toList()))
          .replace("@CHOICES@", bashChoices(model))
          .replace("@COMMANDS@", names(model))
          .replace("@OPTIONS@", bashOptions(model));
    }
  },
  ZSH {
    @Override
    String write(CompletionModel model) {
      return """
      #compdef pond
      # Completion of pond for zsh. Load it with: source <(pond completion zsh)
      _pond() {
        local -a commands words_of
        local command="" before="${words[CURRENT-1]}"
        integer i=2
        while (( i < CURRENT )); do
          case "${words[i]}" in
            @VALUES@) (( i++ )) ;;
            -*) ;;
            *) command="${words[i]}"; break ;;
          esac
          (( i++ ))
        done
        case "$before" in
      @CHOICES@
        esac
        if [[ -z "$command" ]]; then
          commands=(
      @COMMANDS@
          )
          _describe 'command' commands
          return
        fi
        words_of=()
        case "$command" in
      @OPTIONS@
        esac
        if [[ "${words[CURRENT]}" == -* ]]; then
          _describe 'option' words_of
        else
          compadd -a words_of
          _files
        fi
      }
      if [[ "${funcstack[1]}" == "_pond" ]]; then
        _pond "$@"
      else
        compdef _pond pond
      fi
      """
          .replace(
              "@VALUES@",
              String.join("|", CommonOptions.LEADING_WITH_VALUE.stream().sorted().toList()))
          .replace("@CHOICES@", zshChoices(model))
          .replace("@COMMANDS@", zshCommands(model))
          .replace("@OPTIONS@", zshOptions(model));
    }
  },
  FISH {
    @Override
    String write(CompletionModel model) {
      StringBuilder script = new StringBuilder();
      script.append("# Completion of pond for fish. Load it with: pond completion fish | source\n");
      for (CompletionModel.Word word : model.commands()) {
        script
            .append("complete -c pond -n __fish_use_subcommand -f -a ")
            .append(word.name())
            .append(" -d ")
            .append(quoted(word.summary()))
            .append('\n');
        String condition = " -n " + quoted("__fish_seen_subcommand_from " + word.name());
        if (!word.arguments().isEmpty()) {
          script
              .append("complete -c pond")
              .append(condition)
              .append(" -f -a ")
              .append(quoted(String.join(" ", word.arguments())))
              .append('\n');
        }
        word.flags().forEach(flag -> script.append(fishFlag(condition, flag)));
      }
      return script.toString();
    }
  };

  /** Answers the script. */
  abstract String write(CompletionModel model);

  private static String names(CompletionModel model) {
    return model.commands().stream()
        .map(CompletionModel.Word::name)
        .collect(Collectors.joining(" "));
  }

  private static List<CompletionModel.Flag> flagsWithValue(CompletionModel model) {
    List<CompletionModel.Flag> flags = new ArrayList<>();
    for (CompletionModel.Word word : model.commands()) {
      for (CompletionModel.Flag flag : word.flags()) {
        boolean telling = !flag.choices().isEmpty() || flag.value() == CompletionModel.Value.FILE;
        if (telling && flags.stream().noneMatch(known -> known.names().equals(flag.names()))) {
          flags.add(flag);
        }
      }
    }
    return flags;
  }

  private static String bashChoices(CompletionModel model) {
    return flagsWithValue(model).stream()
        .map(flag ->
            "    %s) COMPREPLY=($(compgen %s -- \"$word\")); return ;;"
                .formatted(
                    String.join("|", flag.names()),
                    flag.choices().isEmpty()
                        ? "-f"
                        : "-W " + quoted(String.join(" ", flag.choices()))))
        .collect(Collectors.joining("\n"));
  }

  private static String bashOptions(CompletionModel model) {
    return model.commands().stream()
        .map(word ->
            "    %s) COMPREPLY=($(compgen -W %s -- \"$word\")) ;;"
                .formatted(
                    word.name(), quoted(String.join(" ", word.arguments()) + " " + allNames(word))))
        .collect(Collectors.joining("\n"));
  }

  private static String allNames(CompletionModel.Word word) {
    return word.flags().stream()
        .flatMap(flag -> flag.names().stream())
        .collect(Collectors.joining(" "));
  }

  private static String zshChoices(CompletionModel model) {
    return flagsWithValue(model).stream()
        .map(flag ->
            "    %s) %s; return ;;"
                .formatted(
                    String.join("|", flag.names()),
                    flag.choices().isEmpty()
                        ? "_files"
                        : "compadd " + String.join(" ", flag.choices())))
        .collect(Collectors.joining("\n"));
  }

  private static String zshCommands(CompletionModel model) {
    return model.commands().stream()
        .map(word -> "      " + quoted(word.name() + ":" + word.summary()))
        .collect(Collectors.joining("\n"));
  }

  private static String zshOptions(CompletionModel model) {
    return model.commands().stream()
        .map(word ->
            "    %s)\n      [[ \"${words[CURRENT]}\" == -* ]] && words_of=(\n%s\n      ) || words_of=(%s) ;;"
                .formatted(word.name(), zshFlags(word), String.join(" ", word.arguments())))
        .collect(Collectors.joining("\n"));
  }

  private static String zshFlags(CompletionModel.Word word) {
    return word.flags().stream()
        .flatMap(flag ->
            flag.names().stream()
                .map(name -> "        " + quoted(name + ":" + flag.summary().replace(":", "\\:"))))
        .collect(Collectors.joining("\n"));
  }

  private static String fishFlag(String condition, CompletionModel.Flag flag) {
    StringBuilder line = new StringBuilder("complete -c pond").append(condition);
    for (String name : flag.names()) {
      line.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
    }
    switch (flag.value()) {
      case NONE -> line.append("");
      case FREE -> line.append(" -x");
      case FILE -> line.append(" -r");
    }
    if (!flag.choices().isEmpty()) {
      line.append(" -a ").append(quoted(String.join(" ", flag.choices())));
    }
    return line.append(" -d ").append(quoted(flag.summary())).append('\n').toString();
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
