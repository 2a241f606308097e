namespace PhoneMasking.AppHost.Local;

/// <summary>Writes what the parts say, each line with the name of who said it.</summary>
/// <param name="output">Where to.</param>
internal sealed class RunLog(TextWriter output)
{
    // ANSI foreground colours that are readable on dark and on light backgrounds.
    private static readonly int[] Colours = [36, 32, 35, 33, 34, 31, 96, 92, 95];

    private readonly Lock _gate = new();
    private readonly List<string> _names = [];
    private readonly bool _colour = output == Console.Out && !Console.IsOutputRedirected
        && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    private int _width;

    /// <summary>Makes room for the longest name.</summary>
    public void Align(IEnumerable<string> names) => _width = names.Max(name => name.Length);

    /// <summary>Writes a line that a part wrote.</summary>
    public void Line(string name, string text)
    {
        lock (_gate)
        {
            output.WriteLine($"{Coloured(name)} | {text}");
        }
    }

    /// <summary>Writes a line of our own.</summary>
    public void Say(string text)
    {
        lock (_gate)
        {
            output.WriteLine(text);
            output.Flush();
        }
    }

    /// <summary>Writes where everything is.</summary>
    public void Addresses(IEnumerable<Resource> resources, TimeSpan took)
    {
        var rows = resources.Where(r => r.Address is not null)
            .OrderByDescending(r => r.IsExternal)
            .Select(r => $"  {Coloured(r.Name)}   {r.Door ?? r.Address}{(r.IsExternal ? "   <- open this" : "")}");
        Say($"\nReady after {took.TotalSeconds:0.0} s. Ctrl-C ends everything.\n\n{string.Join('\n', rows)}\n");
    }

    private string Coloured(string name)
    {
        var padded = name.PadRight(_width);
        if (!_colour)
        {
            return padded;
        }

        var index = _names.IndexOf(name);
        if (index < 0)
        {
            index = _names.Count;
            _names.Add(name);
        }

        return $"\e[{Colours[index % Colours.Length]}m{padded}\e[0m";
    }
}
