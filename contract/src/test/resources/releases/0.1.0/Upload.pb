€˜ö¨É¹Û	‚€˜ö¨É¹Û	®¦å·3"object_key-0-Ã©*caption-0-Ã©2hashtags-1-Ã©2hashtags-2-Ã©:
category-0Bpt-BRJBRPŠ€˜ö¨É¹Û	