using System.Text.Json;

namespace PhoneMasking.Simulator.Rest;

/// <summary>How many REST calls there were of each operation, and how they ended. Safe for many callers.</summary>
internal sealed class OperationCounts
{
    private readonly long[,] _counts =
        new long[Enum.GetValues<RestOperation>().Length, Enum.GetValues<CallEnd>().Length];

    public void Count(RestOperation operation, int status) =>
        Interlocked.Increment(ref _counts[(int)operation, (int)EndOf(status)]);

    /// <summary>The operations that were called, by their name in camelCase.</summary>
    public Dictionary<string, OperationCount> Read() => Enum.GetValues<RestOperation>()
        .Select(operation => (Name: JsonNamingPolicy.CamelCase.ConvertName($"{operation}"), Count: Of(operation)))
        .Where(one => one.Count.Calls > 0)
        .ToDictionary(one => one.Name, one => one.Count);

    public void Reset() => Array.Clear(_counts);

    private static CallEnd EndOf(int status) => status switch
    {
        0 => CallEnd.NoAnswer,
        StatusCodes.Status429TooManyRequests => CallEnd.RateLimited,
        >= StatusCodes.Status500InternalServerError => CallEnd.Failed,
        >= StatusCodes.Status400BadRequest => CallEnd.Refused,
        _ => CallEnd.Succeeded,
    };

    private OperationCount Of(RestOperation operation)
    {
        var succeeded = At(CallEnd.Succeeded);
        var refused = At(CallEnd.Refused);
        var rateLimited = At(CallEnd.RateLimited);
        var failed = At(CallEnd.Failed);
        var noAnswer = At(CallEnd.NoAnswer);
        return new(
            succeeded + refused + rateLimited + failed + noAnswer,
            succeeded,
            refused,
            rateLimited,
            failed,
            noAnswer);

        long At(CallEnd end) => Volatile.Read(ref _counts[(int)operation, (int)end]);
    }

    private enum CallEnd
    {
        Succeeded,
        Refused,
        RateLimited,
        Failed,
        NoAnswer,
    }
}

/// <summary>The calls of one operation by the status they were answered with; no answer is a cut connection.</summary>
internal sealed record OperationCount(
    long Calls,
    long Succeeded,
    long Refused,
    long RateLimited,
    long Failed,
    long NoAnswer);
