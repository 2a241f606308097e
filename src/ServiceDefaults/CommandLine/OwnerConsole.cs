using Spectre.Console;

namespace PhoneMasking.ServiceDefaults.CommandLine;

/// <summary>
/// What the owner reads: a terminal with colours and bars, or plain lines where the output goes elsewhere. Numbers of ours
/// may be shown here; nothing of it is a log.
/// </summary>
/// <param name="console">The terminal.</param>
public sealed class OwnerConsole(IAnsiConsole console)
{
    private const int PlainWidth = 180;

    /// <summary>Whether bars can be drawn and questions asked.</summary>
    public bool IsTerminal => console.Profile.Capabilities is { Interactive: true, Ansi: true };

    /// <summary>The terminal itself.</summary>
    public IAnsiConsole Terminal => console;

    /// <summary>This process's own.</summary>
    /// <param name="output">Where it writes.</param>
    /// <param name="isRedirected">Whether that is not a terminal.</param>
    public static OwnerConsole Of(TextWriter output, bool isRedirected) => isRedirected
        ? Plain(output)
        : new OwnerConsole(AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) }));

    /// <summary>One without colours, bars and questions.</summary>
    public static OwnerConsole Plain(TextWriter output)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(output),
        });
        console.Profile.Width = PlainWidth;
        return new OwnerConsole(console);
    }

    /// <summary>Begins a part.</summary>
    public void Heading(string text) => console.MarkupLineInterpolated($"\n[bold]{text}[/]");

    /// <summary>A line without a mark.</summary>
    public void Line(string text) => console.MarkupLineInterpolated($"  {text}");

    /// <summary>A line that says what is right.</summary>
    public void Good(string text) => console.MarkupLineInterpolated($"  [green]ok[/]       {text}");

    /// <summary>A line that says what to know.</summary>
    public void Warning(string text) => console.MarkupLineInterpolated($"  [yellow]note[/]     {text}");

    /// <summary>A line that says what is wrong.</summary>
    public void Bad(string text) => console.MarkupLineInterpolated($"  [red]problem[/]  {text}");

    /// <summary>Asks; without a terminal the answer is no.</summary>
    public async Task<bool> ConfirmAsync(string question, CancellationToken cancellationToken) =>
        IsTerminal && await new ConfirmationPrompt(Markup.Escape(question)) { DefaultValue = false }
            .ShowAsync(console, cancellationToken);

    /// <summary>A table without colours in its cells.</summary>
    public void Table(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        var table = new Table { Border = IsTerminal ? TableBorder.Rounded : TableBorder.Ascii2 };
        table.AddColumns([.. columns]);
        foreach (var row in rows)
        {
            table.AddRow([.. row.Select(cell => new Text(cell))]);
        }

        console.Write(table);
    }
}
