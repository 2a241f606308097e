using System.Diagnostics.CodeAnalysis;

namespace PhoneMasking.AlertService.Emails.Writing;

/// <summary>A template's file.</summary>
/// <param name="Name">Its name without folder.</param>
/// <param name="Text">What is in it.</param>
/// <param name="IsOverride">Whether it lies in the owner's folder.</param>
internal sealed record TemplateFile(string Name, string Text, bool IsOverride);

/// <summary>The files of the templates: those that came with the product, beside the program, and the owner's own.</summary>
internal sealed class TemplateFiles
{
    /// <summary>The name of the files that stand around every e-mail.</summary>
    public const string Layout = "layout";

    private static readonly string[] Extensions = [".txt", ".html"];
    private static readonly string OwnFolder = Path.Combine(AppContext.BaseDirectory, "Emails", "Templates");

    private readonly Dictionary<string, TemplateFile> _files = [];

    private TemplateFiles()
    {
    }

    public TemplateFile this[string name] => _files[name];

    /// <summary>Reads the files.</summary>
    /// <param name="overrides">The owner's folder, if there is one.</param>
    /// <param name="templates">The names of all templates.</param>
    /// <param name="report">Gets a sentence for each thing that is wrong.</param>
    public static TemplateFiles Read(string? overrides, IReadOnlyList<string> templates, Action<string> report)
    {
        var files = new TemplateFiles();
        var names = templates.Append(Layout).SelectMany(name => Extensions.Select(extension => name + extension)).ToArray();
        if (!string.IsNullOrEmpty(overrides) && !Directory.Exists(overrides))
        {
            report($"the folder {overrides} does not exist");
            overrides = null;
        }

        foreach (var name in names)
        {
            if (!TryRead(overrides, name, report, out var text, out var isOverride))
            {
                report($"{name}: is missing");
            }

            files._files[name] = new TemplateFile(name, text ?? string.Empty, isOverride);
        }

        // A file that no template reads is a slip of the pen: without a word the owner would wonder why nothing changed.
        foreach (var stray in Strays(overrides, names))
        {
            report($"{stray}: there is no template of that name; there are {string.Join(", ", names)}");
        }

        return files;
    }

    private static bool TryRead(
        string? overrides, string name, Action<string> report, [NotNullWhen(true)] out string? text, out bool isOverride)
    {
        var own = string.IsNullOrEmpty(overrides) ? null : Path.Combine(overrides, name);
        isOverride = own is not null && File.Exists(own);
        try
        {
            text = File.ReadAllText(isOverride ? own! : Path.Combine(OwnFolder, name));
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            report($"{name}: cannot be read: {failure.GetType().Name}");
            text = null;
            return false;
        }
    }

    private static IEnumerable<string> Strays(string? overrides, string[] names) =>
        string.IsNullOrEmpty(overrides)
            ? []
            : Directory.EnumerateFiles(overrides)
                .Select(path => Path.GetFileName(path))
                .Where(name => Extensions.Contains(Path.GetExtension(name)) && !names.Contains(name))
                .Order(StringComparer.Ordinal);
}
