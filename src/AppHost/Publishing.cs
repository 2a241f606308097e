/// <summary>Whether Aspire is writing the files of a deployment, for which the simulator is of no use.</summary>
internal static class Publishing
{
    /// <summary>
    /// Reads the command line that Aspire's tools give the app host: <c>--operation publish</c>, or the older
    /// <c>--publisher NAME</c>. Source: aspire publish and aspire do, 13.5.
    /// </summary>
    /// <param name="args">The command line.</param>
    public static bool IsAskedFor(string[] args) =>
        args.Contains("--publisher", StringComparer.OrdinalIgnoreCase)
        || args.SkipWhile(arg => !arg.Equals("--operation", StringComparison.OrdinalIgnoreCase))
            .Skip(1)
            .Take(1)
            .Contains("publish", StringComparer.OrdinalIgnoreCase);
}
