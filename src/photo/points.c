#include "photo/points.h"

/* ITU-T H.273, tables 2 and 3 */
enum { PRIMARIES_BT_2020 = 9, PRIMARIES_DISPLAY_P3 = 12 };
enum { TRANSFER_PQ = 16, TRANSFER_HLG = 18 };

Points points_tell(guint primaries, guint transfer)
{
    if (primaries == PRIMARIES_BT_2020 || transfer == TRANSFER_PQ || transfer == TRANSFER_HLG)
        return POINTS_VIDEO;
    return primaries == PRIMARIES_DISPLAY_P3 ? POINTS_DISPLAY_P3 : POINTS_SRGB;
}
