using PhoneMasking.Simulator.Messages;

namespace PhoneMasking.Simulator.Tests.Messages;

public sealed class SegmentsTests
{
    [Theory]
    [InlineData('a', 0, 1)]
    [InlineData('a', 160, 1)]
    [InlineData('a', 161, 2)]
    [InlineData('a', 306, 2)]
    [InlineData('a', 307, 3)]
    [InlineData('€', 80, 1)]
    [InlineData('€', 81, 2)]
    [InlineData('я', 70, 1)]
    [InlineData('я', 71, 2)]
    [InlineData('я', 135, 3)]
    public void Count_OfRepeatedCharacters_FollowsTheAlphabet(char character, int length, int segments) =>
        Assert.Equal(segments, Segments.Count(new string(character, length)));
}
