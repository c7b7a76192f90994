package dev.upswell.views.trending;

/**
 * What was added to a video in a slot.
 *
 * @param origin where from, see {@link Origins}; {@link Origins#GLOBAL} for what does not say
 * @param weight of views, of each viewer no more than the cap
 * @param views all of them
 * @param viewers who had not watched it in this hour before
 * @param engagement weight of likes, comments and shares; negative when more of it was taken back
 * @param reports weight of reports and of those who are not interested
 */
public record TrendCount(
    long creatorId,
    long videoId,
    int slot,
    int origin,
    int weight,
    int views,
    int viewers,
    int engagement,
    int reports) {}
