using System.Buffers.Binary;
using System.Security.Cryptography;

namespace PhoneMasking.ServiceDefaults.Messaging;

/// <summary>A message that was under way when processes died, and waits for its turn.</summary>
/// <param name="identity">Tells it from the others, and is the same at each delivery.</param>
/// <param name="deaths">How many processes it was in when they died.</param>
internal sealed class Suspect(byte[] identity, long deaths)
{
    /// <summary>How many processes it was in when they died.</summary>
    public long Deaths { get; } = deaths;

    /// <summary>Completes when it is to go.</summary>
    public TaskCompletionSource Turn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the broker has been told that it is done.</summary>
    public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Which of those that wait goes next.</summary>
    /// <remarks>
    /// The killer was in every death, and each makes a round of its own. Two rounds share an order, and the second goes
    /// through it backwards: what stood behind the killer in the first stands before it in the second. The next two have
    /// another order, for what stands between two killers.
    /// </remarks>
    /// <param name="waiting">At least one, in any order: on a busy machine they come in any.</param>
    public static Suspect Next(IReadOnlyList<Suspect> waiting)
    {
        var round = waiting.Max(one => one.Deaths);
        return long.IsEvenInteger(round)
            ? waiting.MinBy(one => one.PlaceIn(round / 2))!
            : waiting.MaxBy(one => one.PlaceIn(round / 2))!;
    }

    private ulong PlaceIn(long order)
    {
        Span<byte> both = stackalloc byte[SHA256.HashSizeInBytes + sizeof(long)];
        SHA256.HashData(identity, both);
        BinaryPrimitives.WriteInt64LittleEndian(both[SHA256.HashSizeInBytes..], order);
        return BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(both));
    }
}
