using System.Globalization;

namespace PhoneMasking.Benchmarks.Machine;

/// <summary>
/// Processor time of a process and all its descendants, from /proc: unlike a rate, it hardly depends on what else the
/// machine is doing.
/// </summary>
internal static class ProcessorTime
{
    // sysconf(_SC_CLK_TCK) is 100 on every Linux that .NET supports.
    private const double TicksPerSecond = 100;

    public static TimeSpan Of(int processId)
    {
        var all = System.IO.Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? Read(id) : null)
            .OfType<Usage>()
            .ToList();
        var family = new HashSet<int> { processId };
        while (all.Any(usage => family.Contains(usage.Parent) && family.Add(usage.Id)))
        {
            // Until no more descendants are found.
        }

        return TimeSpan.FromSeconds(all.Where(usage => family.Contains(usage.Id)).Sum(usage => usage.Ticks) / TicksPerSecond);
    }

    private static Usage? Read(int id)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{id}/stat");

            // The program's name stands in brackets and may hold spaces. Fields: man 5 proc.
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return new Usage(
                id,
                int.Parse(fields[1], CultureInfo.InvariantCulture),
                fields[11..15].Sum(ticks => long.Parse(ticks, CultureInfo.InvariantCulture)));
        }
        catch (IOException)
        {
            return null;
        }
    }

    private sealed record Usage(int Id, int Parent, long Ticks);
}
